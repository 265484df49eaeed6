import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aCandidate, anIncident, minutesBefore, NOW } from '../../test/a-change.js';
import { BOUND_MINUTES, confidenceOf, REASON_POINTS, suspectChanges, type Candidate } from './suspect-changes.js';

describe('suspecting changes', () => {
  it.each<[string, Partial<Candidate>, string, string[]]>([
    ['own service, minutes ago', {}, 'HIGH', ['SAME_SERVICE', 'DEPLOYED_SHORTLY_BEFORE', 'SAME_ENVIRONMENT']],
    [
      'own service, hours ago',
      { deployedAt: minutesBefore(200) },
      'MEDIUM',
      ['SAME_SERVICE', 'DEPLOYED_WITHIN_BOUND', 'SAME_ENVIRONMENT'],
    ],
    [
      'own service, just after',
      { deployedAt: minutesBefore(-9) },
      'MEDIUM',
      ['SAME_SERVICE', 'DEPLOYED_WITHIN_BOUND', 'SAME_ENVIRONMENT'],
    ],
    [
      'a service it needs, minutes ago',
      { serviceId: 'svc_db' },
      'MEDIUM',
      ['DEPENDENCY_OF_SERVICE', 'DEPLOYED_SHORTLY_BEFORE', 'SAME_ENVIRONMENT'],
    ],
    [
      'a service it needs, in an emergency',
      { serviceId: 'svc_db', changeKind: 'EMERGENCY' },
      'HIGH',
      ['DEPENDENCY_OF_SERVICE', 'DEPLOYED_SHORTLY_BEFORE', 'SAME_ENVIRONMENT', 'EMERGENCY_CHANGE'],
    ],
    [
      'a service it needs, hours ago',
      { serviceId: 'svc_db', deployedAt: minutesBefore(200) },
      'LOW',
      ['DEPENDENCY_OF_SERVICE', 'DEPLOYED_WITHIN_BOUND', 'SAME_ENVIRONMENT'],
    ],
  ])('%s', (_case, given, confidence, reasons) => {
    const { suspicions, dismissed } = suspectChanges(anIncident(), [aCandidate(given)]);
    expect(dismissed).toEqual([]);
    expect(suspicions).toMatchObject([{ confidence, reasons }]);
  });

  it('an incident whose place nobody knows still has suspects, with less confidence', () => {
    const { suspicions } = suspectChanges(anIncident({ environment: null }), [aCandidate()]);
    expect(suspicions).toMatchObject([{ confidence: 'MEDIUM', reasons: ['SAME_SERVICE', 'DEPLOYED_SHORTLY_BEFORE'] }]);
  });

  it.each<[string, Partial<Candidate>]>([
    ['OTHER_SERVICE', { serviceId: 'svc_other' }],
    ['OTHER_ENVIRONMENT', { environment: 'staging' }],
    ['OUT_OF_BOUND', { deployedAt: minutesBefore(240.1) }],
    ['OUT_OF_BOUND', { deployedAt: minutesBefore(-10.1) }],
    ['ROLLED_BACK', { deploymentState: 'ROLLED_BACK', endedAt: minutesBefore(-3) }],
    ['NO_LONGER_LIVE', { deploymentState: 'SUPERSEDED', endedAt: minutesBefore(1) }],
    ['REMEDY_OF_INCIDENT', { remedyForIncidentId: 'inc_1' }],
  ])('%s is a reason not to', (reason, given) => {
    const candidate = aCandidate(given);
    expect(suspectChanges(anIncident(), [candidate])).toEqual({
      suspicions: [],
      dismissed: [{ candidate, reason, minutesBefore: expect.any(Number) }],
    });
  });

  it.each([
    ['240 minutes before', minutesBefore(240), 240],
    ['10 minutes after', minutesBefore(-10), -10],
    ['5.07 minutes before', new Date(NOW.getTime() - 304_000), 5.07],
  ])('the bound includes its ends, and the distance is told: %s', (_case, deployedAt, minutes) => {
    expect(suspectChanges(anIncident(), [aCandidate({ deployedAt })]).suspicions).toMatchObject([
      { minutesBefore: minutes },
    ]);
  });

  it('what ran when the incident was detected is suspected even if something took its place since', () => {
    const replaced = aCandidate({ deploymentState: 'SUPERSEDED', endedAt: minutesBefore(-1) });
    expect(suspectChanges(anIncident(), [replaced]).suspicions).toHaveLength(1);
  });

  it('the latest deployment is not the first suspect because it is the latest', () => {
    const own = aCandidate({ changeId: 'chg_own', deployedAt: minutesBefore(20) });
    const needed = aCandidate({ changeId: 'chg_db', serviceId: 'svc_db', deployedAt: minutesBefore(1) });
    const ranked = suspectChanges(anIncident(), [needed, own]).suspicions.map(({ candidate }) => candidate.changeId);
    expect(ranked).toEqual(['chg_own', 'chg_db']);
  });

  it('a change is suspected once, by its most suspect deployment', () => {
    const early = aCandidate({ deploymentId: 'dep_1', deployedAt: minutesBefore(100) });
    const late = aCandidate({ deploymentId: 'dep_2', deployedAt: minutesBefore(3) });
    const { suspicions } = suspectChanges(anIncident(), [early, late]);
    expect(suspicions.map(({ candidate }) => candidate.deploymentId)).toEqual(['dep_2']);
  });

  const anyCandidate = fc
    .record({
      deploymentId: fc.uuid(),
      changeId: fc.uuid(),
      serviceId: fc.constantFrom('svc_billing', 'svc_db', 'svc_other'),
      environment: fc.constantFrom('production', 'staging'),
      deploymentState: fc.constantFrom('SUCCEEDED', 'ROLLED_BACK', 'SUPERSEDED'),
      deployedAt: fc.integer({ min: -30, max: 300 }).map(minutesBefore),
      changeKind: fc.constantFrom('STANDARD', 'NORMAL', 'EMERGENCY'),
    } as const)
    .map((given) => aCandidate(given as Partial<Candidate>));

  it('every candidate is suspected or dismissed, within the bound, ordered, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 20 }), (candidates) => {
        const { suspicions, dismissed } = suspectChanges(anIncident(), candidates);
        expect(suspicions.length + dismissed.length).toBe(candidates.length);
        for (const { minutesBefore: minutes, points, reasons, confidence } of suspicions) {
          expect(minutes).toBeLessThanOrEqual(BOUND_MINUTES.before);
          expect(minutes).toBeGreaterThanOrEqual(-BOUND_MINUTES.after);
          expect(points).toBe(reasons.reduce((sum, reason) => sum + REASON_POINTS[reason], 0));
          expect(confidence).toBe(confidenceOf(points));
        }
        const points = suspicions.map((suspicion) => suspicion.points);
        expect(points).toEqual([...points].sort((a, b) => b - a));
        expect(suspectChanges(anIncident(), [...candidates].reverse()).suspicions).toEqual(suspicions);
      }),
    );
  });
});

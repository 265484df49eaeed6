import { describe, expect, it } from '@jest/globals';
import { aChange, aDeployment, minutesBefore, NOW, pipeline, requester } from '../../test/a-change.js';
import { followDeployment, openUnplannedChange, takesDeployments } from './deploy-change.js';
import { DEPLOYMENT_LIFECYCLE, identifyService, moveDeployment, recordDeployment } from './deployment.js';
import { CHANGE_STATES, DEPLOYMENT_STATES, type ChangeState, type DeploymentState } from './vocabulary.js';

const everyMove = DEPLOYMENT_STATES.flatMap((from) => DEPLOYMENT_STATES.map((to) => [from, to] as const));
const at = minutesBefore(1);

describe('a deployment', () => {
  it.each(everyMove)('%s, reported as %s', (from, to) => {
    const decision = moveDeployment(aDeployment({ state: from }), to, at, NOW);
    const facts = DEPLOYMENT_LIFECYCLE[from].includes(to) ? [{ kind: 'deployment-moved', from, to, at: NOW }] : [];
    expect(decision).toMatchObject({ ok: true, facts });
    expect(decision.ok && (decision.changes.state ?? from)).toBe(facts.length > 0 ? to : from);
  });

  it('without a service gets one and its change, once; a service that is known is kept', () => {
    const place = { serviceId: 'svc_late', changeId: 'chg_2' };
    const unknown = aDeployment({ state: 'SUCCEEDED', serviceId: null, changeId: null });
    expect(identifyService(unknown, place, NOW)).toEqual({
      ok: true,
      changes: place,
      facts: [{ kind: 'deployment-service-identified', ...place, at: NOW }],
    });
    expect(identifyService(aDeployment(), place, NOW)).toMatchObject({ ok: true, facts: [] });
  });

  it('is live from the time the pipeline gives until something takes its place', () => {
    expect(moveDeployment(aDeployment(), 'SUCCEEDED', at, NOW)).toMatchObject({
      changes: { deployedAt: at, endedAt: null },
    });
    const live = aDeployment({ state: 'SUCCEEDED', deployedAt: minutesBefore(9) });
    for (const end of ['ROLLED_BACK', 'SUPERSEDED'] as const) {
      expect(moveDeployment(live, end, at, NOW)).toMatchObject({ changes: { state: end, endedAt: at } });
    }
  });

  it('that failed succeeds when the pipeline tried again, not when an older success comes late', () => {
    const failed = aDeployment({ state: 'FAILED', reportedAt: minutesBefore(5) });
    expect(moveDeployment(failed, 'SUCCEEDED', minutesBefore(4), NOW)).toMatchObject({
      changes: { state: 'SUCCEEDED' },
    });
    expect(moveDeployment(failed, 'SUCCEEDED', minutesBefore(6), NOW)).toMatchObject({ changes: {}, facts: [] });
  });

  it.each([
    ['by who is no pipeline', {}, requester, 'NOT_ALLOWED'],
    ['without an environment', { environment: ' ' }, pipeline, 'INVALID_INPUT'],
    ['without a service', { serviceName: '' }, pipeline, 'INVALID_INPUT'],
    ['with a reference too long', { reference: 'x'.repeat(501) }, pipeline, 'INVALID_INPUT'],
    ['with a zero character', { environment: 'prod\0' }, pipeline, 'INVALID_INPUT'],
    ['from the future', { reportedAt: minutesBefore(-6) }, pipeline, 'INVALID_INPUT'],
  ])('%s is not recorded', (_case, fault, acting, code) => {
    expect(recordDeployment(aDeployment(fault), acting, NOW)).toMatchObject({ ok: false, code });
  });

  it('within the tolerance of clocks is recorded', () => {
    expect(recordDeployment(aDeployment({ reportedAt: minutesBefore(-4) }), pipeline, NOW).ok).toBe(true);
  });
});

describe('the change of a deployment', () => {
  const deployed = { id: 'dep_1', serviceId: 'svc_1', environment: 'production', deployedAt: at, reference: 'a/b@c' };

  /** What becomes of the change when its deployment starts, and when it succeeds. */
  const TABLE: Record<ChangeState, readonly [ChangeState, ChangeState, boolean]> = {
    NEW: ['NEW', 'NEW', true],
    ASSESS: ['ASSESS', 'ASSESS', true],
    AUTHORIZE: ['AUTHORIZE', 'AUTHORIZE', true],
    SCHEDULED: ['IMPLEMENT', 'REVIEW', false],
    IMPLEMENT: ['IMPLEMENT', 'REVIEW', false],
    REVIEW: ['REVIEW', 'REVIEW', false],
    CLOSED: ['CLOSED', 'CLOSED', true],
    CANCELED: ['CANCELED', 'CANCELED', true],
  };

  it.each(CHANGE_STATES)('in %s', (state) => {
    const change = aChange({ state });
    const [started, succeeded, unplanned] = TABLE[state];
    const start = followDeployment(change, 'IN_PROGRESS', deployed, NOW);
    const success = followDeployment(change, 'SUCCEEDED', deployed, NOW);
    expect(start.ok && { ...change, ...start.changes }.state).toBe(started);
    expect(success.ok && { ...change, ...success.changes }).toMatchObject({ state: succeeded, unplanned });
    expect(success.ok && success.facts.at(-1)).toEqual({ kind: 'change-deployed', deployment: deployed, at: NOW });
  });

  it('that is scheduled passes through IMPLEMENT when the pipeline goes ahead of people', () => {
    const decision = followDeployment(aChange({ state: 'SCHEDULED' }), 'SUCCEEDED', deployed, NOW);
    expect(decision.ok && decision.facts.map((fact) => fact.kind)).toEqual(['change-moved', 'change-deployed']);
  });

  it.each(['PENDING', 'FAILED', 'CANCELED', 'SUPERSEDED', 'ROLLED_BACK'] satisfies DeploymentState[])(
    'does not move for %s',
    (state) => {
      expect(followDeployment(aChange({ state: 'SCHEDULED' }), state, deployed, NOW)).toMatchObject({ facts: [] });
    },
  );

  it('does not move for an unknown service', () => {
    const unknown = { ...deployed, serviceId: null };
    expect(followDeployment(aChange({ state: 'SCHEDULED' }), 'SUCCEEDED', unknown, NOW)).toMatchObject({ facts: [] });
  });

  it('is opened as unplanned and standard when there is none', () => {
    const { change, facts } = openUnplannedChange(deployed, { id: 'chg_9', number: 9, originId: 'src_1' }, NOW);
    expect(change).toMatchObject({ kind: 'STANDARD', state: 'SCHEDULED', unplanned: true, requesterId: 'src_1' });
    expect(facts.map((fact) => fact.kind)).toEqual(['change-registered', 'change-moved']);
  });

  it.each(CHANGE_STATES)('%s takes deployments until it is history', (state) => {
    expect(takesDeployments(aChange({ state }))).toBe(state !== 'CLOSED' && state !== 'CANCELED');
  });
});

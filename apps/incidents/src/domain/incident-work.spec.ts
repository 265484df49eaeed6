import { describe, expect, it } from '@jest/globals';
import { anIncident, minutesFromNow, NOW, system } from '../../test/an-incident.js';
import { doIncidentWork, incidentWork } from './incident-work.js';
import type { Incident } from './incident.js';

const RESOLVED = anIncident({ state: 'RESOLVED', priority: 'P3', resolvedAt: NOW });
const windowEnd = minutesFromNow(30);
const closing = minutesFromNow(5 * 24 * 60);

describe('what a resolved incident does by itself', () => {
  it.each<[string, Incident, readonly [string, Date][]]>([
    [
      'ends its recovery window after 30 minutes and closes after 5 days',
      RESOLVED,
      [
        ['RECOVERY_WINDOW', windowEnd],
        ['AUTO_CLOSE', closing],
      ],
    ],
    ['has no recovery window when a person reported it', { ...RESOLVED, dedupKey: null }, [['AUTO_CLOSE', closing]]],
    [
      'is not closed as a P1 before its recovery was validated',
      { ...RESOLVED, priority: 'P1' },
      [['RECOVERY_WINDOW', windowEnd]],
    ],
    [
      'is closed as a P1 five days after that',
      { ...RESOLVED, priority: 'P1', recoveryValidatedAt: minutesFromNow(10) },
      [['AUTO_CLOSE', minutesFromNow(10 + 5 * 24 * 60)]],
    ],
    ['has its window on record once', { ...RESOLVED, recoveryWindowEndedAt: windowEnd }, [['AUTO_CLOSE', closing]]],
    ['does nothing as an import', { ...RESOLVED, origin: 'IMPORT' }, []],
    ['does nothing while it is open', anIncident({ state: 'IN_PROGRESS' }), []],
    ['does nothing when it is closed', anIncident({ state: 'CLOSED' }), []],
  ])('%s', (_name, incident, work) => {
    expect(incidentWork(incident)).toEqual(work.map(([kind, due]) => ({ kind, due })));
  });

  it('the window on record asks for it no more', () => {
    const { changes, facts } = accepted(
      doIncidentWork(RESOLVED, { kind: 'RECOVERY_WINDOW', due: windowEnd }, system, windowEnd),
    );
    expect(facts).toEqual([{ kind: 'incident-recovery-window-ended', minutes: 30, endedAt: windowEnd, at: windowEnd }]);
    expect(incidentWork({ ...RESOLVED, ...changes }).map(({ kind }) => kind)).toEqual(['AUTO_CLOSE']);
  });

  it('closes with its own fact', () => {
    const { changes, facts } = accepted(
      doIncidentWork(RESOLVED, { kind: 'AUTO_CLOSE', due: closing }, system, closing),
    );
    expect(facts).toEqual([{ kind: 'incident-closed', at: closing }]);
    expect(incidentWork({ ...RESOLVED, ...changes })).toEqual([]);
  });

  it('a moment that the incident does not ask for any more changes nothing', () => {
    const reopened = anIncident({ state: 'IN_PROGRESS' });
    const resolvedAgain = { ...RESOLVED, resolvedAt: minutesFromNow(1) };
    for (const incident of [reopened, resolvedAgain])
      expect(accepted(doIncidentWork(incident, { kind: 'AUTO_CLOSE', due: closing }, system, closing)).facts).toEqual(
        [],
      );
  });
});

function accepted<Answer extends { ok: boolean }>(decision: Answer): Extract<Answer, { ok: true }> {
  if (!decision.ok) throw new Error('refused');
  return decision as Extract<Answer, { ok: true }>;
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anIncident, colleague, minutesFromNow, responder, system } from '../../test/an-incident.js';
import { noteAlerts, type AlertNews } from './alerts-of-incident.js';
import { cancel, hold, reprioritize, resume } from './handling.js';
import type { Acting, Incident, IncidentDecision } from './incident.js';
import { INCIDENT_LIFECYCLE } from './incident-lifecycle.js';
import { acknowledge, adopt, assign } from './ownership.js';
import { DEFAULT_MATRIX, priorityOf } from './priority-matrix.js';
import { close, reopen, resolve, validateRecovery } from './resolution.js';
import { LEVELS, ON_HOLD_REASONS, type IncidentState } from './vocabulary.js';

type Act = (incident: Incident, now: Date) => IncidentDecision;

const people = fc.constantFrom<Acting>(responder, colleague);
const levels = fc.constantFrom(...LEVELS);
const news = (status: AlertNews['status']): AlertNews => ({ alertId: 'alr_1', name: 'A', severity: 'ERROR', status });
const acts: fc.Arbitrary<Act> = fc.oneof(
  people.map(
    (by): Act =>
      (incident, now) =>
        acknowledge(incident, by, now),
  ),
  people.map(
    (by): Act =>
      (incident, now) =>
        assign(incident, { ownerId: by.id, reason: 'shift' }, by, now),
  ),
  people.map(
    (by): Act =>
      (incident, now) =>
        adopt(incident, by.id, system, now),
  ),
  fc.tuple(people, fc.constantFrom(...ON_HOLD_REASONS)).map(
    ([by, reason]): Act =>
      (incident, now) =>
        hold(incident, reason, by, now),
  ),
  people.map(
    (by): Act =>
      (incident, now) =>
        resume(incident, by, now),
  ),
  people.map(
    (by): Act =>
      (incident, now) =>
        resolve(incident, { code: 'FIXED', notes: 'restarted' }, by, now),
  ),
  people.map(
    (by): Act =>
      (incident, now) =>
        validateRecovery(incident, by, now),
  ),
  people.map(
    (by): Act =>
      (incident, now) =>
        reopen(incident, 'still slow', by, now),
  ),
  people.map(
    (by): Act =>
      (incident, now) =>
        close(incident, by, now),
  ),
  people.map(
    (by): Act =>
      (incident, now) =>
        cancel(incident, 'a test', by, now),
  ),
  fc.tuple(people, levels, levels).map(
    ([by, impact, urgency]): Act =>
      (incident, now) =>
        reprioritize(incident, { impact, urgency, reason: 'assessed' }, DEFAULT_MATRIX, by, now),
  ),
  fc.constantFrom<Act>(
    (incident, now) => noteAlerts(incident, [news('FIRING')], 1, system, now),
    (incident, now) => noteAlerts(incident, [news('RESOLVED')], 0, system, now),
  ),
);

function expectSound(incident: Incident): void {
  const restored = incident.state === 'RESOLVED' || incident.state === 'CLOSED';
  expect(incident.onHoldReason !== null).toBe(incident.state === 'ON_HOLD');
  for (const said of [incident.resolvedAt, incident.resolvedBy, incident.resolutionCode, incident.resolutionNotes]) {
    expect(said !== null).toBe(restored);
  }
  expect(incident.closedAt !== null).toBe(incident.state === 'CLOSED');
  expect(incident.canceledAt !== null).toBe(incident.state === 'CANCELED');
  if (incident.recoveryValidatedAt) expect(restored).toBe(true);
  expect(incident.priority).toBe(priorityOf(DEFAULT_MATRIX, incident.impact, incident.urgency));
  if (incident.state === 'CLOSED' && ['P1', 'P2'].includes(incident.priority)) {
    expect(incident.recoveryValidatedAt).not.toBeNull();
  }
}

describe('any history of acts', () => {
  it('takes only steps of the table and leaves an incident that makes sense', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 30 }), (history) => {
        let incident = anIncident({ ownerId: null });
        history.forEach((act, minute) => {
          const decision = act(incident, minutesFromNow(minute));
          if (!decision.ok) return;
          const next = { ...incident, ...decision.changes };
          const allowed: readonly IncidentState[] = INCIDENT_LIFECYCLE[incident.state];
          if (next.state !== incident.state) expect(allowed).toContain(next.state);
          if (decision.facts.length === 0) expect(next).toEqual(incident);
          expectSound(next);
          incident = next;
        });
      }),
      { numRuns: 2_000 },
    );
  });
});

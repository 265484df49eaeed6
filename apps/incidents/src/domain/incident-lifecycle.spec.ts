import { describe, expect, it } from '@jest/globals';
import { anIncident, colleague, NOW, responder } from '../../test/an-incident.js';
import { cancel, hold, reprioritize, resume } from './handling.js';
import type { Incident, IncidentDecision } from './incident.js';
import { allowedTransitions } from './incident-lifecycle.js';
import { acknowledge, assign } from './ownership.js';
import { DEFAULT_MATRIX } from './priority-matrix.js';
import { close, reopen, resolve, validateRecovery } from './resolution.js';
import { INCIDENT_STATES, type IncidentState } from './vocabulary.js';

const ACTS: Record<string, (incident: Incident) => IncidentDecision> = {
  acknowledge: (incident) => acknowledge(incident, responder, NOW),
  assign: (incident) => assign(incident, { ownerId: 'per_other', reason: 'shift ends' }, responder, NOW),
  hold: (incident) => hold(incident, 'AWAITING_CHANGE', responder, NOW),
  resume: (incident) => resume(incident, responder, NOW),
  reprioritize: (incident) =>
    reprioritize(incident, { impact: 'LOW', urgency: 'LOW', reason: 'a demo system' }, DEFAULT_MATRIX, responder, NOW),
  resolve: (incident) => resolve(incident, { code: 'FIXED', notes: 'restarted' }, responder, NOW),
  validateRecovery: (incident) => validateRecovery(incident, colleague, NOW),
  reopen: (incident) => reopen(incident, 'still slow', responder, NOW),
  close: (incident) => close(incident, responder, NOW),
  cancel: (incident) => cancel(incident, 'a planned test', responder, NOW),
};

/** The state after each act; '-' is a refusal. Columns: NEW, IN_PROGRESS, ON_HOLD, RESOLVED, CLOSED, CANCELED. */
const TABLE: Record<string, readonly (IncidentState | '-')[]> = {
  acknowledge: ['IN_PROGRESS', 'IN_PROGRESS', 'ON_HOLD', '-', '-', '-'],
  assign: ['NEW', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', '-', '-'],
  hold: ['ON_HOLD', 'ON_HOLD', 'ON_HOLD', '-', '-', '-'],
  resume: ['-', '-', 'IN_PROGRESS', '-', '-', '-'],
  reprioritize: ['NEW', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', '-', '-'],
  resolve: ['RESOLVED', 'RESOLVED', 'RESOLVED', '-', '-', '-'],
  validateRecovery: ['-', '-', '-', 'RESOLVED', '-', '-'],
  reopen: ['-', '-', '-', 'IN_PROGRESS', '-', '-'],
  close: ['-', '-', '-', 'CLOSED', '-', '-'],
  cancel: ['CANCELED', 'CANCELED', 'CANCELED', '-', '-', '-'],
};

const cases = Object.entries(TABLE).flatMap(([act, row]) =>
  INCIDENT_STATES.map((state, column) => [act, state, row[column]!] as const),
);

describe('the lifecycle of an incident', () => {
  it.each(cases)('%s when %s gives %s', (act, state, expected) => {
    const incident = anIncident({ state, priority: 'P3' });
    const decision = ACTS[act]!(incident);
    if (expected === '-') {
      expect(decision).toMatchObject({
        ok: false,
        code: 'INVALID_TRANSITION',
        detail: { from: state, allowed: [...allowedTransitions(incident)] },
      });
      return;
    }
    if (!decision.ok) throw new Error(decision.message);
    expect(decision.facts).toHaveLength(1);
    expect({ ...incident, ...decision.changes }.state).toBe(expected);
  });

  it('every act stands in the table', () => {
    expect(Object.keys(TABLE)).toEqual(Object.keys(ACTS));
  });

  it('the reason for holding is there exactly while it is on hold', () => {
    const held = anIncident({ state: 'ON_HOLD' });
    for (const act of ['resume', 'resolve', 'cancel'] as const) {
      expect(ACTS[act]!(held)).toMatchObject({ ok: true, changes: { onHoldReason: null } });
    }
  });

  it.each([
    ['P1', null, ['IN_PROGRESS']],
    ['P2', null, ['IN_PROGRESS']],
    ['P3', null, ['IN_PROGRESS', 'CLOSED']],
    ['P1', NOW, ['IN_PROGRESS', 'CLOSED']],
  ] as const)('a resolved %s, recovery validated %s, may become %j', (priority, recoveryValidatedAt, allowed) => {
    expect(allowedTransitions(anIncident({ state: 'RESOLVED', priority, recoveryValidatedAt }))).toEqual(allowed);
  });
});

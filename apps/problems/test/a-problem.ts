import type { Problem } from '../src/domain/problem.js';

/** When everything in domain specs happens. */
export const NOW = new Date('2026-11-23T02:00:00.000Z');

export const manager = { id: 'per_1', roles: ['problem-manager'] };
export const responder = { id: 'per_2', roles: ['responder'] };
export const system = { id: 'system:problems', roles: [] };

/** A problem; the test states only what matters. */
export function aProblem(with_: Partial<Problem> = {}): Problem {
  return {
    id: 'prb_1',
    number: 7,
    title: 'Connections leak',
    state: 'NEW',
    origin: 'PERSON',
    serviceId: 'svc_1',
    signature: null,
    symptom: null,
    rootCause: null,
    workaround: null,
    resolutionCode: null,
    resolutionNotes: null,
    externalSystem: null,
    externalId: null,
    raisedAt: NOW,
    closedAt: null,
    version: 1,
    ...with_,
  };
}

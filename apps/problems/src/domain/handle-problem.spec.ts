import { describe, expect, it } from '@jest/globals';
import { aProblem, manager, NOW, responder, system } from '../../test/a-problem.js';
import { closeProblem, linkIncident, moveProblem, recordRootCause, recordWorkaround } from './handle-problem.js';
import { CODES_BY_STATE, PROBLEM_LIFECYCLE } from './problem-lifecycle.js';
import { may, PROBLEM_PERMISSIONS, type ProblemAct } from './problem-permissions.js';
import { TEXT_LIMIT } from './problem-refusals.js';
import { isKnownError } from './problem.js';
import { proposeProblem, registerProblem } from './raise-problem.js';
import { PROBLEM_STATES, RESOLUTION_CODES, type ProblemState } from './vocabulary.js';

const pairs = PROBLEM_STATES.flatMap((from) => PROBLEM_STATES.map((to) => [from, to] as const));
const allowed = (from: ProblemState): readonly ProblemState[] => PROBLEM_LIFECYCLE[from];

describe('moving a problem', () => {
  it.each(pairs.filter(([from, to]) => allowed(from).includes(to) && to !== 'CLOSED'))(
    '%s may become %s',
    (from, to) => {
      const decision = moveProblem(aProblem({ state: from, rootCause: 'a leak' }), to, manager, NOW);
      expect(decision).toEqual({
        ok: true,
        changes: { state: to },
        facts: [{ kind: 'problem-moved', from, to, at: NOW }],
      });
    },
  );

  it.each(pairs.filter(([from, to]) => from !== to && !allowed(from).includes(to)))(
    '%s cannot become %s',
    (from, to) => {
      const decision = moveProblem(aProblem({ state: from, rootCause: 'a leak' }), to, manager, NOW);
      expect(decision).toMatchObject({ code: 'INVALID_TRANSITION', detail: { from, allowed: allowed(from) } });
    },
  );

  it('to where it stands changes nothing', () => {
    expect(moveProblem(aProblem({ state: 'ASSESS' }), 'ASSESS', manager, NOW)).toMatchObject({ ok: true, facts: [] });
  });

  it('to CLOSED takes a resolution', () => {
    expect(moveProblem(aProblem({ state: 'RESOLVED' }), 'CLOSED', manager, NOW)).toMatchObject({
      code: 'RESOLUTION_REQUIRED',
    });
  });

  it('to a fix takes a root cause', () => {
    const analysed = aProblem({ state: 'ROOT_CAUSE_ANALYSIS' });
    expect(moveProblem(analysed, 'FIX_IN_PROGRESS', manager, NOW)).toMatchObject({ code: 'ROOT_CAUSE_MISSING' });
  });
});

describe('closing a problem', () => {
  const cases = PROBLEM_STATES.flatMap((state) => RESOLUTION_CODES.map((code) => [state, code] as const));
  it.each(cases)('from %s as %s', (state, code) => {
    const decision = closeProblem(aProblem({ state }), { code, notes: ' done ' }, manager, NOW);
    const closable = allowed(state).includes('CLOSED');
    if (CODES_BY_STATE[state].includes(code)) {
      expect(decision).toMatchObject({
        ok: true,
        changes: { state: 'CLOSED', resolutionCode: code, closedAt: NOW, resolutionNotes: 'done' },
      });
    } else {
      expect(decision).toMatchObject({ ok: false, code: closable ? 'CODE_DOES_NOT_FIT' : 'INVALID_TRANSITION' });
    }
  });

  it('every state that may be closed has a code that fits, and no other', () => {
    for (const state of PROBLEM_STATES)
      expect(CODES_BY_STATE[state].length > 0).toBe(allowed(state).includes('CLOSED'));
  });

  it('takes notes', () => {
    const decision = closeProblem(aProblem({ state: 'RESOLVED' }), { code: 'FIX_APPLIED', notes: ' ' }, manager, NOW);
    expect(decision).toMatchObject({ code: 'INVALID_INPUT', detail: { path: ['notes'] } });
  });
});

describe('what is found out', () => {
  const findings = { rootCause: 'a leak', symptom: 'time-outs', workaround: null };

  it('a root cause makes a known error and keeps the workaround', () => {
    const problem = aProblem({ workaround: 'restart' });
    const decision = recordRootCause(problem, findings, responder, NOW);
    expect(decision).toMatchObject({
      ok: true,
      changes: { rootCause: 'a leak', symptom: 'time-outs', workaround: 'restart' },
    });
    expect(isKnownError(problem)).toBe(false);
    expect(isKnownError({ ...problem, ...(decision.ok && decision.changes) })).toBe(true);
  });

  it.each([
    ['FIX_APPLIED', false],
    ['RISK_ACCEPTED', true],
    ['DUPLICATE', false],
    ['CANCELED', false],
  ] as const)('closed as %s it is a known error: %s', (resolutionCode, known) => {
    expect(isKnownError({ rootCause: 'a leak', resolutionCode })).toBe(known);
  });

  it('the same again is no event', () => {
    const problem = aProblem({ ...findings, workaround: 'restart' });
    expect(recordRootCause(problem, findings, responder, NOW)).toMatchObject({ ok: true, facts: [] });
    expect(recordWorkaround(problem, ' restart ', responder, NOW)).toMatchObject({ ok: true, facts: [] });
  });

  it('neither empty nor endless texts are taken', () => {
    const long = 'x'.repeat(TEXT_LIMIT + 1);
    expect(recordRootCause(aProblem(), { ...findings, rootCause: '' }, responder, NOW)).toMatchObject({
      detail: { path: ['rootCause'] },
    });
    expect(recordRootCause(aProblem(), { ...findings, workaround: long }, responder, NOW)).toMatchObject({
      detail: { path: ['workaround'] },
    });
    expect(recordWorkaround(aProblem(), long, responder, NOW)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(recordWorkaround(aProblem(), 'nothing\u0000', responder, NOW)).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('a closed problem learns nothing more', () => {
    const closed = aProblem({ state: 'CLOSED' });
    const incident = { id: 'inc_1', linkedTo: null };
    for (const decision of [
      recordRootCause(closed, findings, manager, NOW),
      recordWorkaround(closed, 'restart', manager, NOW),
      linkIncident(closed, incident, 'BY_HAND', manager, NOW),
    ])
      expect(decision).toMatchObject({ code: 'PROBLEM_CLOSED' });
  });
});

describe('linking an incident', () => {
  it.each([
    [null, { ok: true, facts: [{ kind: 'problem-incident-linked', incidentId: 'inc_1', reason: 'BY_HAND' }] }],
    ['prb_1', { ok: true, facts: [] }],
    ['prb_2', { ok: false, code: 'LINKED_ELSEWHERE' }],
  ])('that belongs to %s', (linkedTo, expected) => {
    const decision = linkIncident(aProblem(), { id: 'inc_1', linkedTo }, 'BY_HAND', responder, NOW);
    expect(decision).toMatchObject(expected);
  });
});

describe('raising a problem', () => {
  const identity = { id: 'prb_1', number: 1 };
  const kind = { serviceId: 'svc_1', signature: 'QueueLag', serviceName: 'Billing' };

  it('recurrence proposes it with its incidents, named after signature and service', () => {
    const raised = proposeProblem(kind, ['inc_1', 'inc_2'], identity, system, NOW);
    expect(raised).toMatchObject({ ok: true, changes: { title: 'QueueLag recurs on Billing', state: 'NEW' } });
    expect(raised).toMatchObject({ facts: [{ kind: 'problem-proposed', incidentIds: ['inc_1', 'inc_2'] }] });
    const nameless = proposeProblem({ ...kind, serviceName: null }, ['inc_1', 'inc_2'], identity, system, NOW);
    expect(nameless).toMatchObject({ changes: { title: 'QueueLag recurs' } });
    expect(proposeProblem(kind, ['inc_1', 'inc_2'], identity, manager, NOW)).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('a person registers it, and each incident given is linked once', () => {
    const description = { title: ' Leak ', serviceId: null, symptom: null };
    const raised = registerProblem(description, ['inc_1', 'inc_2', 'inc_1'], identity, responder, NOW);
    expect(raised).toMatchObject({ ok: true, changes: { title: 'Leak', origin: 'PERSON', signature: null } });
    const links = raised.ok ? raised.facts.slice(1) : [];
    expect(links.map((fact) => ('incidentId' in fact ? fact.incidentId : null))).toEqual(['inc_1', 'inc_2']);
    expect(registerProblem({ ...description, title: ' ' }, [], identity, responder, NOW)).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('permissions', () => {
  const ACTS = Object.keys(PROBLEM_PERMISSIONS) as ProblemAct[];
  const investigating = ['read', 'register', 'linkIncident', 'recordRootCause', 'recordWorkaround'];
  it.each([
    ['problem-manager', [...investigating, 'move', 'close']],
    ['admin', [...investigating, 'move', 'close', 'import']],
    ['responder', investigating],
    ['service-owner', investigating],
    ['auditor', ['read']],
    ['requester', []],
    ['partner', []],
    ['operator', []],
  ])('%s may %j', (role, acts) => {
    expect(ACTS.filter((act) => may({ id: 'per_1', roles: [role] }, act))).toEqual(acts);
  });

  it('the service itself proposes and links', () => {
    expect(ACTS.filter((act) => may(system, act))).toEqual(['read', 'propose', 'linkIncident']);
  });
});

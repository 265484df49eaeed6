import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aChange, authority, NOW, requester, responder } from '../../test/a-change.js';
import { allowedTransitions } from './change-lifecycle.js';
import {
  assess,
  authorize,
  cancel,
  close,
  completeImplementation,
  reject,
  requestAuthorization,
  schedule,
  startImplementation,
} from './change-steps.js';
import type { Change, ChangeDecision } from './change.js';
import { CHANGE_KINDS, CHANGE_STATES, type ChangeKind, type ChangeState } from './vocabulary.js';

const STEPS = {
  assess: (change) => assess(change, requester, NOW),
  requestAuthorization: (change) => requestAuthorization(change, requester, NOW),
  authorize: (change) => authorize(change, authority, NOW),
  reject: (change) => reject(change, 'no test of the way back', authority, NOW),
  schedule: (change) => schedule(change, requester, NOW),
  startImplementation: (change) => startImplementation(change, requester, NOW),
  completeImplementation: (change) => completeImplementation(change, requester, NOW),
  close: (change) => close(change, 'SUCCESSFUL', requester, NOW),
  cancel: (change) => cancel(change, 'not needed', requester, NOW),
} satisfies Record<string, (change: Change) => ChangeDecision>;
type Step = keyof typeof STEPS;

/** From which states a step leads where; whatever is absent is refused. */
const ROUTES: Record<ChangeKind, Record<Step, Partial<Record<ChangeState, ChangeState>>>> = {
  STANDARD: {
    assess: {},
    requestAuthorization: {},
    authorize: {},
    reject: {},
    schedule: { NEW: 'SCHEDULED', SCHEDULED: 'SCHEDULED' },
    startImplementation: { SCHEDULED: 'IMPLEMENT' },
    completeImplementation: { IMPLEMENT: 'REVIEW' },
    close: { REVIEW: 'CLOSED' },
    cancel: { NEW: 'CANCELED', SCHEDULED: 'CANCELED', IMPLEMENT: 'CANCELED' },
  },
  NORMAL: {
    assess: { NEW: 'ASSESS' },
    requestAuthorization: { ASSESS: 'AUTHORIZE' },
    authorize: { AUTHORIZE: 'SCHEDULED' },
    reject: { ASSESS: 'NEW', AUTHORIZE: 'NEW' },
    schedule: { SCHEDULED: 'SCHEDULED' },
    startImplementation: { SCHEDULED: 'IMPLEMENT' },
    completeImplementation: { IMPLEMENT: 'REVIEW' },
    close: { REVIEW: 'CLOSED' },
    cancel: {
      NEW: 'CANCELED',
      ASSESS: 'CANCELED',
      AUTHORIZE: 'CANCELED',
      SCHEDULED: 'CANCELED',
      IMPLEMENT: 'CANCELED',
    },
  },
  EMERGENCY: {
    assess: {},
    requestAuthorization: { NEW: 'AUTHORIZE' },
    authorize: { AUTHORIZE: 'SCHEDULED' },
    reject: { AUTHORIZE: 'NEW' },
    schedule: { SCHEDULED: 'SCHEDULED' },
    startImplementation: { SCHEDULED: 'IMPLEMENT' },
    completeImplementation: { IMPLEMENT: 'REVIEW' },
    close: { REVIEW: 'CLOSED' },
    cancel: { NEW: 'CANCELED', AUTHORIZE: 'CANCELED', SCHEDULED: 'CANCELED', IMPLEMENT: 'CANCELED' },
  },
};

const cases = CHANGE_KINDS.flatMap((kind) =>
  (Object.keys(STEPS) as Step[]).flatMap((step) =>
    CHANGE_STATES.map((state) => [kind, state, step, ROUTES[kind][step][state] ?? 'refused'] as const),
  ),
);

describe('the steps of a change', () => {
  it.each(cases)('%s in %s: %s -> %s', (kind, state, step, to) => {
    const change = aChange({ kind, state });
    const decision = STEPS[step](change);
    if (to === 'refused') {
      const detail = { from: state, allowed: allowedTransitions(change) };
      expect(decision).toMatchObject({ ok: false, code: 'INVALID_TRANSITION', detail });
    } else {
      expect(decision.ok && { ...change, ...decision.changes }.state).toBe(to);
      expect(decision.ok && decision.facts).toHaveLength(state === to ? 0 : 1);
    }
  });

  it.each(Object.keys(STEPS) as Step[])('a responder may not %s', (step) => {
    const acts: Record<Step, (change: Change) => ChangeDecision> = {
      assess: (change) => assess(change, responder, NOW),
      requestAuthorization: (change) => requestAuthorization(change, responder, NOW),
      authorize: (change) => authorize(change, responder, NOW),
      reject: (change) => reject(change, 'no', responder, NOW),
      schedule: (change) => schedule(change, responder, NOW),
      startImplementation: (change) => startImplementation(change, responder, NOW),
      completeImplementation: (change) => completeImplementation(change, responder, NOW),
      close: (change) => close(change, 'SUCCESSFUL', responder, NOW),
      cancel: (change) => cancel(change, 'no', responder, NOW),
    };
    expect(acts[step](aChange())).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
  });

  it('whoever asked for a change cannot authorise it, whatever their roles', () => {
    const both = { id: requester.id, roles: ['change-requester', 'change-authority', 'admin'] };
    expect(authorize(aChange({ state: 'AUTHORIZE' }), both, NOW)).toMatchObject({ ok: false, code: 'OWN_CHANGE' });
  });

  it('a rejection voids what was approved', () => {
    const approved = aChange({ state: 'AUTHORIZE', authorizedBy: authority.id, authorizedAt: NOW });
    expect(reject(approved, ' again ', authority, NOW)).toMatchObject({
      changes: { state: 'NEW', authorizedBy: null, authorizedAt: null },
      facts: [{ kind: 'change-rejected', by: authority.id, reason: 'again' }],
    });
  });

  it.each(['', '   ', 'x'.repeat(2_001), 'a\0b'])('a reason of %p is none', (reason) => {
    const refused = { ok: false, code: 'INVALID_INPUT', detail: { path: ['reason'] } };
    expect(reject(aChange({ state: 'AUTHORIZE' }), reason, authority, NOW)).toMatchObject(refused);
    expect(cancel(aChange(), reason, requester, NOW)).toMatchObject(refused);
  });

  it('whatever people do, nothing is implemented that was neither standard nor authorised', () => {
    const steps = fc.array(fc.constantFrom(...(Object.keys(STEPS) as Step[])), { maxLength: 30 });
    fc.assert(
      fc.property(fc.constantFrom(...CHANGE_KINDS), steps, (kind, walk) => {
        let change = aChange({ kind });
        for (const step of walk) {
          const decision = STEPS[step](change);
          if (decision.ok) change = { ...change, ...decision.changes };
          const beyond = ['SCHEDULED', 'IMPLEMENT', 'REVIEW', 'CLOSED'].includes(change.state);
          expect(!beyond || kind === 'STANDARD' || change.authorizedBy === authority.id).toBe(true);
        }
      }),
    );
  });
});

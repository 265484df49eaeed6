import { describe, expect, it } from '@jest/globals';
import { aSuggestion, aSuspicion, authority, NOW, responder } from '../../test/a-change.js';
import {
  accept,
  ANSWER_WITHIN_MINUTES,
  decline,
  expire,
  finish,
  renew,
  rollbackWork,
  runOut,
  withdraw,
  type RollbackSuggestion,
} from './rollback-suggestion.js';
import { confirm, reconsider, reject } from './suspected-change.js';
import { ROLLBACK_STATES, SUSPICION_STATES, type RollbackState } from './vocabulary.js';

const rollback = { changeId: 'chg_2', elsewhere: false, incidentOver: false };
const due = new Date(NOW.getTime() + ANSWER_WITHIN_MINUTES * 60_000);
const ACTS = {
  accept: (s: RollbackSuggestion) => accept(s, rollback, authority, NOW),
  decline: (s: RollbackSuggestion) => decline(s, 'cannot be reversed', authority, NOW),
  withdraw: (s: RollbackSuggestion) => withdraw(s, NOW),
  expire: (s: RollbackSuggestion) => expire(s, 'the incident was closed', NOW),
  runOut: (s: RollbackSuggestion) => runOut(s, { kind: 'ANSWER', due }, due),
  renew: (s: RollbackSuggestion) => renew(s, 'P1 with a confirmed cause', NOW),
  succeed: (s: RollbackSuggestion) => finish(s, 'SUCCEEDED', NOW),
  fail: (s: RollbackSuggestion) => finish(s, 'FAILED', NOW),
};
type Act = keyof typeof ACTS;

/** Where an act leads; in all other states people are refused and events change nothing. */
const MOVES: Record<Act, Partial<Record<RollbackState, RollbackState>>> = {
  accept: { SUGGESTED: 'RUNNING', FAILED: 'RUNNING' },
  decline: { SUGGESTED: 'DECLINED' },
  withdraw: { SUGGESTED: 'WITHDRAWN' },
  expire: { SUGGESTED: 'EXPIRED' },
  runOut: { SUGGESTED: 'EXPIRED' },
  renew: { EXPIRED: 'SUGGESTED' },
  succeed: { RUNNING: 'SUCCEEDED', FAILED: 'SUCCEEDED' },
  fail: { RUNNING: 'FAILED' },
};
const cases = (Object.keys(ACTS) as Act[]).flatMap((act) => ROLLBACK_STATES.map((state) => [act, state] as const));

describe('a rollback suggestion', () => {
  it.each(cases)('%s in %s', (act, state) => {
    const to = MOVES[act][state];
    const decision = ACTS[act](aSuggestion({ state }));
    if (to)
      expect(decision).toMatchObject({
        ok: true,
        changes: { state: to },
        facts: [{ at: act === 'runOut' ? due : NOW }],
      });
    else if (act === 'accept' || act === 'decline')
      expect(decision).toMatchObject({ ok: false, code: 'INVALID_TRANSITION', detail: { from: state } });
    else expect(decision).toEqual({ ok: true, changes: {}, facts: [] });
  });

  it('is decided by those with emergency authority alone', () => {
    const refused = { ok: false, code: 'NOT_ALLOWED' };
    expect(accept(aSuggestion(), rollback, responder, NOW)).toMatchObject(refused);
    expect(decline(aSuggestion(), 'no', responder, NOW)).toMatchObject(refused);
    for (const role of ['major-incident-manager', 'admin', 'change-authority']) {
      expect(accept(aSuggestion(), rollback, { id: 'per_1', roles: [role] }, NOW).ok).toBe(true);
    }
  });

  it('is refused while the change is taken back for another incident', () => {
    const decision = accept(aSuggestion(), { ...rollback, elsewhere: true }, authority, NOW);
    expect(decision).toMatchObject({ ok: false, code: 'ROLLBACK_UNDER_WAY' });
  });

  it('is refused once the incident is over', () => {
    const decision = accept(aSuggestion({ state: 'FAILED' }), { ...rollback, incidentOver: true }, authority, NOW);
    expect(decision).toMatchObject({ ok: false, code: 'INCIDENT_OVER' });
  });

  it('waits for an answer while it is open, and no other moment than that one ends it', () => {
    expect(rollbackWork(aSuggestion())).toEqual([{ kind: 'ANSWER', due }]);
    expect(rollbackWork(aSuggestion({ suggestedAt: null }))).toEqual([]);
    const renewed = aSuggestion({ suggestedAt: due });
    expect(runOut(renewed, { kind: 'ANSWER', due }, due)).toEqual({ ok: true, changes: {}, facts: [] });
  });

  it('is declined with a reason', () => {
    for (const reason of [' ', 'half a flame \uD83D']) {
      expect(decline(aSuggestion(), reason, authority, NOW)).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
    }
  });
});

describe('a suspicion', () => {
  const policy = { advice: 'SUGGEST', reason: 'P1 with a confirmed cause' } as const;

  it.each(SUSPICION_STATES)('%s is confirmed or rejected once', (state) => {
    const suspected = aSuspicion({ state });
    const confirmed = confirm(suspected, policy, responder, NOW);
    const rejected = reject(suspected, 'not in this release', responder, NOW);
    if (state === 'SUSPECTED') {
      expect(confirmed).toMatchObject({
        changes: { state: 'CONFIRMED', advice: 'SUGGEST', adviceReason: policy.reason },
      });
      expect(rejected).toMatchObject({ changes: { state: 'REJECTED', advice: 'SILENT' } });
    } else {
      const refused = { ok: false, code: 'INVALID_TRANSITION', detail: { from: state, allowed: [] } };
      expect(confirmed).toMatchObject(refused);
      expect(rejected).toMatchObject(refused);
    }
  });

  it.each(SUSPICION_STATES)(
    '%s: the policy asked again changes its advice unless it was rejected or says the same',
    (state) => {
      const again = reconsider(aSuspicion({ state }), policy, NOW);
      const facts = state === 'REJECTED' ? [] : [{ kind: 'rollback-advice-changed', at: NOW }];
      expect(again).toMatchObject({ ok: true, facts });
      const same = aSuspicion({ state, advice: policy.advice, adviceReason: policy.reason });
      expect(reconsider(same, policy, NOW)).toMatchObject({ ok: true, facts: [] });
    },
  );

  it('is judged by those who investigate', () => {
    const auditor = { id: 'per_1', roles: ['auditor', 'change-requester'] };
    expect(confirm(aSuspicion(), policy, auditor, NOW)).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
    expect(reject(aSuspicion(), 'no', auditor, NOW)).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
  });
});

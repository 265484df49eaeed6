import { describe, expect, it } from '@jest/globals';
import { setTargets } from './set-targets.js';
import { may, SLA_PERMISSIONS, type SlaAct } from './sla-permissions.js';
import { DEFAULT_TARGETS, targetOf, type SlaPolicy, type SlaTarget } from './sla-policy.js';

const now = new Date('2026-11-23T02:00:00Z');
const admin = { id: 'per_1', roles: ['admin'] };
const policy: SlaPolicy = {
  id: 'slp_1',
  targets: DEFAULT_TARGETS,
  revisedAt: now,
  revisedBy: 'system:sla',
  version: 1,
};
const own = (minutes: number): SlaTarget => ({ priority: 'P1', measure: 'TIME_TO_OWN', minutes });

describe('setting targets', () => {
  it('changes those named and keeps the others', () => {
    const decision = setTargets(policy, [own(10)], admin, now);
    expect(decision).toMatchObject({ ok: true, facts: [{ kind: 'sla-policy-revised', at: now }] });
    const targets = decision.ok ? (decision.changes.targets ?? []) : [];
    expect(targetOf(targets, 'P1', 'TIME_TO_OWN')).toBe(10);
    expect(targets.filter((target) => target.minutes !== 10)).toEqual(DEFAULT_TARGETS.slice(1));
  });

  it('to what already holds is no version', () => {
    expect(setTargets(policy, [own(15)], admin, now)).toEqual({ ok: true, changes: {}, facts: [] });
  });

  it.each([
    ['twice the same', [own(10), own(11)], 'DUPLICATE_TARGET', ['targets', '1']],
    ['zero', [own(0)], 'TARGET_OUT_OF_BOUNDS', ['targets', '0']],
    ['half a minute', [own(1.5)], 'TARGET_OUT_OF_BOUNDS', ['targets', '0']],
    ['more than a year', [own(525_601)], 'TARGET_OUT_OF_BOUNDS', ['targets', '0']],
    ['longer to own than to resolve', [own(241)], 'OWN_AFTER_RESOLVE', ['targets']],
  ])('refuses %s', (_name, targets, code, path) => {
    expect(setTargets(policy, targets, admin, now)).toMatchObject({ ok: false, code, detail: { path } });
  });

  it('is for admins', () => {
    expect(setTargets(policy, [own(10)], { id: 'per_2', roles: ['responder'] }, now)).toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });
});

describe('permissions', () => {
  const ACTS = Object.keys(SLA_PERMISSIONS) as SlaAct[];
  it.each([
    ['admin', ['readClocks', 'readPolicy', 'setTargets']],
    ['responder', ['readClocks', 'readPolicy']],
    ['auditor', ['readClocks', 'readPolicy']],
    ['requester', []],
    ['partner', []],
    ['integration', []],
    ['operator', []],
  ])('%s may %j', (role, acts) => {
    expect(ACTS.filter((act) => may({ id: 'per_1', roles: [role] }, act))).toEqual(acts);
  });

  it('only the service itself moves clocks, and its roles give it nothing more', () => {
    expect(ACTS.filter((act) => may({ id: 'system:sla', roles: ['admin'] }, act))).toEqual([
      'readClocks',
      'readPolicy',
      'moveClocks',
    ]);
  });
});

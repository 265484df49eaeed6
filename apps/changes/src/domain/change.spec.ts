import { describe, expect, it } from '@jest/globals';
import { aChange, authority, NOW, requester, responder } from '../../test/a-change.js';
import { changeNumberIn, registerChange, type ChangeRequest } from './change.js';
import { openRollback, ROLLBACK_REQUESTER } from './roll-back-change.js';
import { seesChanges } from './visibility.js';

const request: ChangeRequest = {
  id: 'chg_1',
  number: 12,
  title: ' Release 4.2 ',
  kind: 'NORMAL',
  serviceIds: ['svc_1', 'svc_1'],
  environment: 'production',
  rollbackPlan: 'deploy 4.1',
};

describe('a change', () => {
  it('begins NEW, in the name of who asked, each service once', () => {
    expect(registerChange(request, requester, NOW)).toMatchObject({
      ok: true,
      changes: {
        state: 'NEW',
        title: 'Release 4.2',
        serviceIds: ['svc_1'],
        requesterId: requester.id,
        unplanned: false,
      },
      facts: [{ kind: 'change-registered', at: NOW }],
    });
  });

  it.each([
    ['an empty title', { title: ' ' }, 'INVALID_INPUT', 'title'],
    ['a title too long', { title: 'x'.repeat(201) }, 'INVALID_INPUT', 'title'],
    ['no service', { serviceIds: [] }, 'INVALID_INPUT', 'serviceIds'],
    ['no environment', { environment: '' }, 'INVALID_INPUT', 'environment'],
    ['no way back', { rollbackPlan: null }, 'ROLLBACK_PLAN_REQUIRED', 'rollbackPlan'],
    ['an empty way back', { rollbackPlan: '  ' }, 'ROLLBACK_PLAN_REQUIRED', 'rollbackPlan'],
    [
      'an emergency without a way back',
      { kind: 'EMERGENCY', rollbackPlan: null },
      'ROLLBACK_PLAN_REQUIRED',
      'rollbackPlan',
    ],
    ['a plan too long', { rollbackPlan: 'x'.repeat(10_001) }, 'INVALID_INPUT', 'rollbackPlan'],
  ] as const)('with %s is refused', (_case, fault, code, path) => {
    const decision = registerChange({ ...request, ...fault }, requester, NOW);
    expect(decision).toMatchObject({ ok: false, code, detail: { path: [path] } });
  });

  it('that is standard needs no way back', () => {
    expect(registerChange({ ...request, kind: 'STANDARD', rollbackPlan: null }, requester, NOW).ok).toBe(true);
  });

  it('is asked for by those who may', () => {
    expect(registerChange(request, responder, NOW)).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
  });

  it.each([
    ['CHG-12', 12],
    [' chg-7 ', 7],
    ['CHG-0', null],
    ['CHG-012', null],
    ['CHG-12x', null],
    ['12', null],
    ['CHG-9999999999', null],
    ['', null],
  ])('the reference %p is number %p', (text, number) => {
    expect(changeNumberIn(text)).toBe(number);
  });
});

describe('a rollback', () => {
  const identity = { id: 'chg_2', number: 13, incidentId: 'inc_1', acceptedBy: authority.id };

  it('is an emergency under way, linked to both, asked for by the policy and authorised by who accepted', () => {
    const { change, facts } = openRollback(aChange({ state: 'REVIEW' }), identity, NOW);
    expect(change).toMatchObject({
      title: 'Roll back CHG-12',
      kind: 'EMERGENCY',
      state: 'IMPLEMENT',
      remedyForIncidentId: 'inc_1',
      rollsBackChangeId: 'chg_1',
      requesterId: ROLLBACK_REQUESTER,
      authorizedBy: authority.id,
      rollbackPlan: expect.any(String),
    });
    expect(facts.map((fact) => fact.kind)).toEqual([
      'change-registered',
      'change-moved',
      'change-authorized',
      'change-moved',
    ]);
  });
});

describe('who sees changes', () => {
  it.each([
    ['responder', true],
    ['auditor', true],
    ['integration', true],
    ['partner', false],
    ['requester', false],
    ['operator', false],
    ['unheard-of', false],
  ])('%s: %s', (role, sees) => {
    expect(seesChanges({ id: 'per_1', roles: [role] })).toBe(sees);
  });
});

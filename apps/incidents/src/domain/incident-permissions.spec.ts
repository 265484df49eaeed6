import { describe, expect, it } from '@jest/globals';
import { INCIDENT_PERMISSIONS, may, type IncidentAct } from './incident-permissions.js';
import { visibilityOf } from './visibility.js';

const ACTS = Object.keys(INCIDENT_PERMISSIONS) as IncidentAct[];
const allowedTo = (role: string): readonly string[] => ACTS.filter((act) => may({ id: 'per_1', roles: [role] }, act));

describe('permissions', () => {
  const HANDLING = [
    'report',
    'acknowledge',
    'assign',
    'hold',
    'resume',
    'reprioritize',
    'resolve',
    'validateRecovery',
    'reopen',
    'close',
    'cancel',
  ];
  it.each([
    ['responder', HANDLING],
    ['major-incident-manager', HANDLING],
    ['service-owner', HANDLING],
    ['admin', [...HANDLING, 'import', 'createIntakeSource']],
    ['requester', ['report']],
    ['auditor', []],
    ['partner', []],
    ['integration', []],
    ['operator', []],
  ])('%s may %j', (role, acts) => {
    expect(allowedTo(role)).toEqual(acts);
  });

  it('the service itself may only follow up on alerts, events and due times', () => {
    const system = { id: 'system:incidents', roles: [] };
    expect(ACTS.filter((act) => may(system, act))).toEqual([
      'report',
      'assign',
      'resolve',
      'reopen',
      'close',
      'attachAlerts',
      'annotate',
    ]);
  });
});

describe('visibility', () => {
  it.each([
    [['responder'], undefined, { kind: 'ALL' }],
    [['auditor'], undefined, { kind: 'ALL' }],
    [['requester'], undefined, { kind: 'OWN', personId: 'per_1' }],
    [['partner'], ['svc_1'], { kind: 'SERVICES', serviceIds: ['svc_1'] }],
    [['partner'], undefined, { kind: 'SERVICES', serviceIds: [] }],
    [['integration'], undefined, { kind: 'NONE' }],
    [['operator'], undefined, { kind: 'NONE' }],
    [[], undefined, { kind: 'NONE' }],
  ])('roles %j with scope %j see %j', (roles, serviceScope, expected) => {
    expect(visibilityOf({ id: 'per_1', roles, ...(serviceScope && { serviceScope }) })).toEqual(expected);
  });
});

import { describe, expect, it } from '@jest/globals';
import { ROLES } from '@graphdesk/identity';
import {
  ACTION_ITEM_PERMISSIONS,
  actionItemsSeenBy,
  notAllowed,
  type ActionItemAct,
} from './action-item-permissions.js';

const ACTS = Object.keys(ACTION_ITEM_PERMISSIONS) as ActionItemAct[];
const theirs = { ownerId: 'per_1' };
const anothers = { ownerId: 'per_2' };
const allowed = (role: string, item: { ownerId: string }): readonly string[] =>
  ACTS.filter((act) => !notAllowed({ id: 'per_1', roles: [role] }, act, item));

describe('who may do what with action items', () => {
  const HANDLING = ['responder', 'major-incident-manager', 'service-owner', 'admin'];
  it.each(ROLES)('%s', (role) => {
    const handles = HANDLING.includes(role);
    expect(allowed(role, anothers)).toEqual(handles ? ACTS : []);
    expect(allowed(role, theirs)).toEqual(handles ? ACTS : ['complete']);
  });

  it('nobody owns what is not there yet, and no role is called owner', () => {
    expect(notAllowed({ id: 'per_1', roles: ['auditor'] }, 'complete')?.code).toBe('NOT_ALLOWED');
    expect(ROLES).not.toContain('owner');
  });

  it('the service itself gives nobody work and takes none away', () => {
    const system = { id: 'system:incidents', roles: [] };
    expect(ACTS.filter((act) => !notAllowed(system, act, anothers))).toEqual([]);
  });
});

describe('who sees action items', () => {
  it.each(ROLES)('%s', (role) => {
    const ownAlone = ['requester', 'partner', 'integration', 'operator'].includes(role);
    expect(actionItemsSeenBy({ id: 'per_1', roles: [role] })).toBe(ownAlone ? 'OWN' : 'ALL');
  });
});

import { describe, expect, it } from '@jest/globals';
import { forbids } from './catalog-permissions.js';

describe('who may change the catalog', () => {
  it.each([
    ['register-tenant', 'admin', 'to register a tenant takes the role operator'],
    ['change-tenant', 'operator', 'to change a tenant takes the role admin'],
    ['register-team', 'service-owner', 'to register a team takes the role admin'],
    ['register-person', 'service-owner', 'to register a person takes the role admin'],
    ['register-service', 'responder', 'to register a service takes the role admin or service-owner'],
    ['update-service', 'auditor', 'to update a service takes the role admin or service-owner'],
    ['import-directory', 'service-owner', 'to import a directory takes the role admin'],
  ] as const)('%s: not the %s, and the refusal says who', (act, role, message) => {
    expect(forbids(act, [role])).toEqual({ ok: false, code: 'NOT_ALLOWED', message });
    expect(forbids(act, [])).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it.each([
    ['register-tenant', 'operator'],
    ['change-tenant', 'admin'],
    ['register-team', 'admin'],
    ['register-person', 'admin'],
    ['register-service', 'service-owner'],
    ['update-service', 'service-owner'],
    ['import-directory', 'admin'],
  ] as const)('%s: the %s may', (act, role) => expect(forbids(act, ['responder', role])).toBeNull());
});

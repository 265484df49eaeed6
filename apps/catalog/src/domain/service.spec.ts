import { describe, expect, it } from '@jest/globals';
import { registerService, updateService, type Service } from './service.js';

const now = new Date('2026-11-23T02:00:00Z');
const billing: Service = {
  id: 'svc_1',
  key: 'billing',
  name: 'Billing',
  tier: 'TIER_1',
  environments: ['production'],
  ownerTeamId: null,
  accountablePersonId: null,
  dependsOn: [],
};
const { id: _id, key: _key, ...description } = billing;

describe('a service', () => {
  it.each(['a', 'billing', 'billing-api', '0day', 'a'.repeat(63)])('may be called %s', (key) => {
    expect(registerService({ ...billing, key }, now)).toMatchObject({
      ok: true,
      facts: [{ kind: 'service-registered' }],
    });
  });

  it.each(['', 'Billing', '-a', 'a-', 'a b', 'a.b', 'a'.repeat(64), 'ä'])('may not be called %p', (key) => {
    expect(registerService({ ...billing, key }, now)).toMatchObject({ ok: false, code: 'INVALID_KEY' });
  });

  it('cannot depend on itself, neither at birth nor later', () => {
    const refused = { ok: false, code: 'DEPENDS_ON_ITSELF', detail: { path: ['dependsOn'] } };
    expect(registerService({ ...billing, dependsOn: ['svc_1'] }, now)).toMatchObject(refused);
    expect(updateService(billing, { ...description, dependsOn: ['svc_1'] }, now)).toMatchObject(refused);
  });

  it('an equal description is no event', () => {
    expect(updateService(billing, { ...description }, now)).toEqual({ ok: true, changes: {}, facts: [] });
  });

  it('a changed description is one event', () => {
    expect(updateService(billing, { ...description, tier: 'TIER_2' }, now)).toMatchObject({
      ok: true,
      changes: { tier: 'TIER_2' },
      facts: [{ kind: 'service-updated', at: now }],
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { anIncident, colleague, minutesFromNow, NOW, responder, system } from '../../test/an-incident.js';
import { acknowledge, adopt, assign, firstOwner } from './ownership.js';

describe('the one accountable person', () => {
  it.each([
    ['per_accountable', 'per_lead', 'per_accountable'],
    [null, 'per_lead', 'per_lead'],
    ['per_accountable', null, 'per_accountable'],
    [null, null, null],
  ])('accountable %s, service-desk lead %s: born to %s', (accountablePersonId, serviceDeskLeadId, owner) => {
    expect(firstOwner({ accountablePersonId }, { serviceDeskLeadId })).toBe(owner);
  });

  it('without a service or a known tenant nobody is named', () => {
    expect(firstOwner(null, { serviceDeskLeadId: 'per_lead' })).toBe('per_lead');
    expect(firstOwner(null, null)).toBeNull();
  });

  it('an acknowledgement moves it to the acknowledger and is timed once', () => {
    expect(acknowledge(anIncident(), responder, NOW)).toMatchObject({
      changes: { state: 'IN_PROGRESS', ownerId: responder.id, acknowledgedAt: NOW },
    });
    const earlier = anIncident({ state: 'IN_PROGRESS', ownerId: responder.id, acknowledgedAt: minutesFromNow(-9) });
    expect(acknowledge(earlier, colleague, NOW)).toMatchObject({
      changes: { ownerId: colleague.id, acknowledgedAt: minutesFromNow(-9) },
    });
    expect(acknowledge(earlier, responder, NOW)).toEqual({ ok: true, changes: {}, facts: [] });
  });

  it('assigning to the owner changes nothing, and a hand-over needs a reason', () => {
    const incident = anIncident({ ownerId: 'per_owner' });
    expect(assign(incident, { ownerId: 'per_owner', reason: 'again' }, responder, NOW)).toEqual({
      ok: true,
      changes: {},
      facts: [],
    });
    expect(assign(incident, { ownerId: 'per_other', reason: ' ' }, responder, NOW)).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
    });
  });

  it('only an open incident without an owner is adopted, and never an import', () => {
    expect(adopt(anIncident({ ownerId: null }), 'per_lead', system, NOW)).toMatchObject({
      changes: { ownerId: 'per_lead' },
    });
    for (const incident of [
      anIncident(),
      anIncident({ ownerId: null, origin: 'IMPORT' }),
      anIncident({ ownerId: null, state: 'CLOSED' }),
    ]) {
      expect(adopt(incident, 'per_lead', system, NOW)).toEqual({ ok: true, changes: {}, facts: [] });
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { anIncident, minutesFromNow, NOW, responder, system } from '../../test/an-incident.js';
import { alertTitle } from './alert-title.js';
import { continues, noteAlerts, type AlertNews } from './alerts-of-incident.js';

const news = (status: AlertNews['status']): AlertNews => ({
  alertId: 'alr_1',
  name: 'QueueLag',
  severity: 'CRITICAL',
  status,
});
const factKinds = (decision: ReturnType<typeof noteAlerts>): readonly string[] =>
  decision.ok ? decision.facts.map((fact) => fact.kind) : [decision.code];

describe('alerts of an incident', () => {
  it.each([
    ['an open incident', anIncident({ state: 'ON_HOLD' }), true],
    ['a resolution of five minutes ago', anIncident({ state: 'RESOLVED' }), true],
    ['one of half an hour ago', anIncident({ state: 'RESOLVED', resolvedAt: minutesFromNow(-30) }), false],
    ['a validated recovery', anIncident({ state: 'RESOLVED', recoveryValidatedAt: NOW }), false],
    ['a closed incident', anIncident({ state: 'CLOSED' }), false],
    ['a canceled incident', anIncident({ state: 'CANCELED' }), false],
  ] as const)('%s takes a new alert of its kind or not', (_, incident, expected) => {
    expect(continues(incident, NOW)).toBe(expected);
  });

  it.each([
    ['joins', 'IN_PROGRESS', 'FIRING', 2, ['incident-alert-attached']],
    ['reopens', 'RESOLVED', 'FIRING', 1, ['incident-alert-attached', 'incident-reopened']],
    ['clears but others fire', 'NEW', 'RESOLVED', 1, ['incident-alert-attached']],
    ['clears as the last', 'NEW', 'RESOLVED', 0, ['incident-alert-attached', 'incident-resolved']],
    ['clears as the last on hold', 'ON_HOLD', 'RESOLVED', 0, ['incident-alert-attached', 'incident-resolved']],
    ['clears after the resolution', 'RESOLVED', 'RESOLVED', 0, ['incident-alert-attached']],
    ['clears after the close', 'CLOSED', 'RESOLVED', 0, ['incident-alert-attached']],
  ] as const)('an alert that %s (%s)', (_, state, status, stillFiring, expected) => {
    expect(factKinds(noteAlerts(anIncident({ state }), [news(status)], stillFiring, system, NOW))).toEqual(expected);
  });

  it('the all-clear resolves with its own code, in the name of the service', () => {
    expect(noteAlerts(anIncident(), [news('RESOLVED')], 0, system, NOW)).toMatchObject({
      changes: { state: 'RESOLVED', resolutionCode: 'ALERT_CLEARED', resolvedBy: 'system:incidents' },
    });
  });

  it('people do not attach alerts', () => {
    expect(factKinds(noteAlerts(anIncident(), [news('FIRING')], 1, responder, NOW))).toEqual(['NOT_ALLOWED']);
  });

  it.each([
    ['billing', true, 'QueueLag on billing'],
    ['biling', false, 'QueueLag on unknown service biling'],
    [null, false, 'QueueLag, no service named'],
  ])('service label %j, known %s: "%s"', (serviceLabel, knownService, title) => {
    expect(alertTitle({ name: 'QueueLag', serviceLabel, knownService })).toBe(title);
  });

  it('a title is clipped, never inside a surrogate pair', () => {
    const title = alertTitle({ name: `${'x'.repeat(198)}🔥🔥`, serviceLabel: null, knownService: false });
    expect(title).toBe(`${'x'.repeat(198)}…`);
  });
});

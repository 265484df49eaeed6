import type { Acting, Incident } from '../src/domain/incident.js';

/** When every domain spec happens. */
export const NOW = new Date('2026-11-23T02:30:00.000Z');

/** Some time before or after {@link NOW}. */
export const minutesFromNow = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

export const responder: Acting = { id: 'per_responder', roles: ['responder'] };
export const colleague: Acting = { id: 'per_colleague', roles: ['responder'] };
export const system: Acting = { id: 'system:incidents', roles: [] };

/** A valid P1 incident, new and unacknowledged; a spec states what matters. */
export function anIncident(but: Partial<Incident> = {}): Incident {
  const state = but.state ?? 'NEW';
  const over = state === 'RESOLVED' || state === 'CLOSED';
  return {
    id: 'inc_1',
    number: 1,
    title: 'QueueLag on billing',
    description: '',
    state,
    onHoldReason: state === 'ON_HOLD' ? 'AWAITING_VENDOR' : null,
    impact: 'HIGH',
    urgency: 'HIGH',
    priority: 'P1',
    matrixVersion: 1,
    classificationReasons: ['ALERT_SEVERITY', 'SERVICE_TIER'],
    serviceId: 'svc_1',
    environment: 'production',
    origin: 'ALERT',
    signature: 'QueueLag',
    dedupKey: 'digest',
    ownerId: 'per_owner',
    teamId: null,
    reporterId: null,
    externalSystem: null,
    externalId: null,
    importedEntries: [],
    resolutionCode: over ? 'FIXED' : null,
    resolutionNotes: over ? 'restarted' : null,
    resolvedBy: over ? 'per_responder' : null,
    impactStartedAt: null,
    detectedAt: minutesFromNow(-30),
    declaredAt: minutesFromNow(-29),
    acknowledgedAt: state === 'NEW' ? null : minutesFromNow(-25),
    mitigatedAt: null,
    resolvedAt: over ? minutesFromNow(-5) : null,
    recoveryValidatedAt: null,
    recoveryWindowEndedAt: null,
    closedAt: state === 'CLOSED' ? minutesFromNow(-1) : null,
    canceledAt: state === 'CANCELED' ? minutesFromNow(-1) : null,
    version: 1,
    ...but,
  };
}

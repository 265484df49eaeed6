import { decide, unchanged } from '@graphdesk/decisions';
import type { Acting, Incident, IncidentDecision } from './incident.js';
import { INCIDENT_LIFECYCLE, isOpen } from './incident-lifecycle.js';
import { forbidden } from './incident-permissions.js';
import { invalidText, invalidTransition } from './incident-refusals.js';

/** Longest reason for a hand-over, in characters. */
export const REASON_LIMIT = 2_000;

/**
 * Who owns an incident at birth: the service's accountable person, else the tenant's service-desk lead. When neither is
 * named nobody does: an alert is logged all the same, and `adopt` gives it an owner as soon as one is named.
 */
export function firstOwner(
  service: { readonly accountablePersonId: string | null } | null,
  tenant: { readonly serviceDeskLeadId: string | null } | null,
): string | null {
  return service?.accountablePersonId ?? tenant?.serviceDeskLeadId ?? null;
}

/** Somebody takes it in hand and is accountable from now on. Again by the same person changes nothing. */
export function acknowledge(incident: Incident, acting: Acting, now: Date): IncidentDecision {
  const refusal = forbidden(acting, 'acknowledge');
  if (refusal) return refusal;
  if (!isOpen(incident)) return invalidTransition(incident, 'acknowledged');
  if (incident.acknowledgedAt && incident.ownerId === acting.id && incident.state !== 'NEW') return unchanged();
  return decide(
    {
      state: incident.state === 'NEW' ? 'IN_PROGRESS' : incident.state,
      ownerId: acting.id,
      acknowledgedAt: incident.acknowledgedAt ?? now,
    },
    [{ kind: 'incident-acknowledged', acknowledgedBy: acting.id, ownerId: acting.id, at: now }],
  );
}

/** Accountability moves to another person, with a reason; allowed until the incident is closed or canceled. */
export function assign(
  incident: Incident,
  handOver: { readonly ownerId: string; readonly reason: string },
  acting: Acting,
  now: Date,
): IncidentDecision {
  const { ownerId, reason } = handOver;
  const refusal = forbidden(acting, 'assign') ?? invalidText('reason', reason, REASON_LIMIT);
  if (refusal) return refusal;
  if (INCIDENT_LIFECYCLE[incident.state].length === 0) return invalidTransition(incident, 'assigned');
  if (incident.ownerId === ownerId) return unchanged();
  return decide({ ownerId }, [
    { kind: 'incident-assigned', ownerId, previousOwnerId: incident.ownerId, reason: reason.trim(), at: now },
  ]);
}

/** An incident that was born without an owner gets one, now that somebody is named; others keep theirs. */
export function adopt(incident: Incident, ownerId: string, acting: Acting, now: Date): IncidentDecision {
  if (incident.ownerId !== null || incident.origin === 'IMPORT' || !isOpen(incident)) return unchanged();
  return assign(incident, { ownerId, reason: 'nobody was accountable when it was logged' }, acting, now);
}

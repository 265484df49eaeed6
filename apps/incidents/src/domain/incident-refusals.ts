import { isStorable, refuse, type Refused } from '@graphdesk/decisions';
import type { Incident } from './incident.js';
import { allowedTransitions } from './incident-lifecycle.js';

/** Every reason for saying no. */
export const INCIDENT_REFUSALS = [
  /** The actor's roles do not allow this act. */
  'NOT_ALLOWED',
  /** No such incident, or none that the actor may see. */
  'NOT_FOUND',
  /** The lifecycle forbids it; the detail says from where and what is allowed. */
  'INVALID_TRANSITION',
  /** A text is empty or too long, or a time lies where it cannot; the detail names the field. */
  'INVALID_INPUT',
  /** A P1 or P2 cannot be closed before somebody saw the fix hold. */
  'RECOVERY_NOT_VALIDATED',
  /** Who resolved an incident cannot be the one who validates its recovery. */
  'SECOND_PERSON_REQUIRED',
  /** It cannot be reopened: its alerts already have another open incident. */
  'OPEN_INCIDENT_EXISTS',
  /** The catalog knows no such service or person; the detail names the field. */
  'UNKNOWN_REFERENCE',
  /** The catalog has not told of the actor's tenant; its news may be under way. */
  'UNKNOWN_TENANT',
  /** It was imported already, with other entries than these. */
  'HISTORY_DIFFERS',
  /** The source knows more entries, but people worked on the incident here since it was imported. */
  'CHANGED_SINCE_IMPORT',
  /** Another intake source of the tenant has this name. */
  'NAME_TAKEN',
] as const;
export type IncidentRefusal = (typeof INCIDENT_REFUSALS)[number];

/** The refusal of an act that the incident's state does not allow. */
export function invalidTransition(incident: Incident, act: string): Refused<IncidentRefusal> {
  return refuse('INVALID_TRANSITION', `An incident that is ${incident.state} cannot be ${act}.`, {
    from: incident.state,
    allowed: [...allowedTransitions(incident)],
  });
}

/** The refusal of a text outside its bounds, or null. `limit` is in characters. */
export function invalidText(field: string, text: string, limit: number): Refused<IncidentRefusal> | null {
  if (text.trim() === '') return refuse('INVALID_INPUT', `${field} must not be empty.`, { path: [field] });
  if (!isStorable(text)) {
    return refuse('INVALID_INPUT', `${field} holds characters that no text has.`, { path: [field] });
  }
  if (text.length > limit) {
    return refuse('INVALID_INPUT', `${field} has more than ${limit} characters.`, { path: [field], limit });
  }
  return null;
}

/** The refusal of a write for a tenant that the catalog has not told of. Retryable: its news may be under way. */
export function unknownTenant(tenantId: string): Refused<IncidentRefusal> {
  return refuse('UNKNOWN_TENANT', `There is no tenant ${tenantId}.`, { retryable: true });
}

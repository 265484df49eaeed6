import { isStorable, refuse, type Refused } from '@graphdesk/decisions';

/** Why this service says no. */
export type ChangesRefusal =
  | 'NOT_ALLOWED'
  | 'INVALID_TRANSITION'
  | 'INVALID_INPUT'
  | 'ROLLBACK_PLAN_REQUIRED'
  | 'OWN_CHANGE'
  | 'UNKNOWN_REFERENCE'
  | 'UNKNOWN_TENANT'
  | 'ROLLBACK_UNDER_WAY'
  | 'INCIDENT_OVER'
  | 'NAME_TAKEN'
  | 'NOT_FOUND';

/** The state does not allow the step; clients are told which ones it allows. */
export function invalidTransition(
  thing: string,
  from: string,
  wished: string,
  allowed: readonly string[],
): Refused<'INVALID_TRANSITION'> {
  return refuse('INVALID_TRANSITION', `${thing} in state ${from} cannot become ${wished}`, { from, allowed });
}

/** The refusal of a write for a tenant that the catalog has not told of. Retryable: its news may be under way. */
export function unknownTenant(tenantId: string): Refused<'UNKNOWN_TENANT'> {
  return refuse('UNKNOWN_TENANT', `there is no tenant ${tenantId}`, { retryable: true });
}

/** The refusal of a text that is empty, longer than `limit` characters or cannot be stored, else null. */
export function invalidText(field: string, text: string, limit: number): Refused<'INVALID_INPUT'> | null {
  const length = text.trim().length;
  if (length >= 1 && length <= limit && isStorable(text)) return null;
  return refuse('INVALID_INPUT', `${field} must have 1 to ${limit} characters`, { path: [field] });
}

/** Longest accepted texts, in characters. */
export const LIMITS = { title: 200, plan: 10_000, reason: 2_000, name: 100, environment: 100, reference: 500 } as const;

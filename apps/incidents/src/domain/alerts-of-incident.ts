import { decide } from '@graphdesk/decisions';
import type { IncidentFact } from './incident-facts.js';
import type { Acting, Incident, IncidentDecision } from './incident.js';
import { isOpen } from './incident-lifecycle.js';
import { forbidden } from './incident-permissions.js';
import { reopen, resolve } from './resolution.js';
import type { AlertStatus, Severity } from './vocabulary.js';

/** How long after a resolution a new alert of the same kind means that the fix did not hold, in minutes. */
export const RECOVERY_WINDOW_MINUTES = 30;

/** An alert whose status is news to the incident. */
export interface AlertNews {
  readonly alertId: string;
  readonly name: string;
  readonly severity: Severity;
  readonly status: AlertStatus;
}

/**
 * Whether a new alert of the same kind belongs to this incident: while it is open, and after a resolution for as long as
 * that is provisional (not validated, and within the recovery window). Otherwise it is a new incident.
 */
export function continues(incident: Incident, now: Date): boolean {
  if (isOpen(incident)) return true;
  if (incident.state !== 'RESOLVED' || !incident.resolvedAt || incident.recoveryValidatedAt) return false;
  return now.getTime() - incident.resolvedAt.getTime() < RECOVERY_WINDOW_MINUTES * 60_000;
}

/**
 * Alerts joined the incident or changed their status. Firing again takes a provisional resolution back; the all-clear of
 * the last firing alert resolves what is open.
 * @param stillFiring how many of its alerts fire now, this news included
 */
export function noteAlerts(
  incident: Incident,
  news: readonly AlertNews[],
  stillFiring: number,
  acting: Acting,
  now: Date,
): IncidentDecision {
  const refusal = forbidden(acting, 'attachAlerts');
  if (refusal) return refusal;
  const attached = news.map((alert): IncidentFact => ({ kind: 'incident-alert-attached', ...alert, at: now }));
  const consequence = consequenceOf(incident, news, stillFiring, acting, now);
  if (!consequence?.ok) return decide({}, attached);
  return decide(consequence.changes, [...attached, ...consequence.facts]);
}

function consequenceOf(
  incident: Incident,
  news: readonly AlertNews[],
  stillFiring: number,
  acting: Acting,
  now: Date,
): IncidentDecision | null {
  if (incident.state === 'RESOLVED' && stillFiring > 0 && news.some((alert) => alert.status === 'FIRING')) {
    return reopen(incident, 'an alert of the same kind fired again', acting, now);
  }
  const cleared = stillFiring === 0 && news.some((alert) => alert.status === 'RESOLVED');
  if (!cleared || !isOpen(incident)) return null;
  return resolve(incident, { code: 'ALERT_CLEARED', notes: 'The last firing alert cleared.' }, acting, now);
}

import { asksFor, decide, unchanged, type DueWork } from '@graphdesk/decisions';
import { RECOVERY_WINDOW_MINUTES } from './alerts-of-incident.js';
import { awaitsValidation } from './incident-lifecycle.js';
import type { Acting, Incident, IncidentDecision } from './incident.js';
import { close } from './resolution.js';

/** How long a resolution must have held before the incident is closed by itself, in days. */
export const AUTO_CLOSE_DAYS = 5;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * What a resolved incident has to do by itself: say when its alerts may no longer reopen it, and close when nobody came back. A P1 or
 * P2 is closed only after its recovery was validated. Imports do nothing by themselves.
 */
export function incidentWork(incident: Incident): readonly DueWork[] {
  if (incident.state !== 'RESOLVED' || !incident.resolvedAt || incident.origin === 'IMPORT') return [];
  const windowEnd = recoveryWindowEndsAt(incident);
  const held = awaitsValidation(incident) ? null : later(incident.resolvedAt, incident.recoveryValidatedAt);
  return [
    ...(windowEnd && !incident.recoveryWindowEndedAt ? [{ kind: 'RECOVERY_WINDOW', due: windowEnd }] : []),
    ...(held ? [{ kind: 'AUTO_CLOSE', due: new Date(held.getTime() + AUTO_CLOSE_DAYS * DAY_MS) }] : []),
  ];
}

/** Until when an alert of the same kind reopens it. Null when it has none, is not resolved, or its recovery was validated. */
export function recoveryWindowEndsAt(incident: Incident): Date | null {
  if (incident.state !== 'RESOLVED' || !incident.resolvedAt || !incident.dedupKey || incident.recoveryValidatedAt)
    return null;
  return new Date(incident.resolvedAt.getTime() + RECOVERY_WINDOW_MINUTES * MINUTE_MS);
}

/** A moment of {@link incidentWork} has come. Nothing happens when it was reopened, validated or closed meanwhile. */
export function doIncidentWork(incident: Incident, timer: DueWork, acting: Acting, now: Date): IncidentDecision {
  if (!asksFor(incidentWork(incident), timer)) return unchanged();
  if (timer.kind === 'AUTO_CLOSE') return close(incident, acting, now);
  return decide({ recoveryWindowEndedAt: timer.due }, [
    { kind: 'incident-recovery-window-ended', endedAt: timer.due, minutes: RECOVERY_WINDOW_MINUTES, at: now },
  ]);
}

const later = (one: Date, other: Date | null): Date => (other && other > one ? other : one);

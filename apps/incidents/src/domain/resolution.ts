import { canMove, decide, refuse, unchanged } from '@graphdesk/decisions';
import type { Acting, Incident, IncidentDecision } from './incident.js';
import { awaitsValidation, INCIDENT_LIFECYCLE } from './incident-lifecycle.js';
import { forbidden } from './incident-permissions.js';
import { invalidText, invalidTransition } from './incident-refusals.js';
import { REASON_LIMIT } from './ownership.js';
import type { IncidentState, ResolutionCode } from './vocabulary.js';

/** Longest resolution notes, in characters. */
export const NOTES_LIMIT = 10_000;

/** What restored the service, and what was done. */
export interface Resolution {
  readonly code: ResolutionCode;
  readonly notes: string;
}

/** Service is restored; for P1 and P2 provisional until recovery is validated. */
export function resolve(incident: Incident, resolution: Resolution, acting: Acting, now: Date): IncidentDecision {
  const refusal = forbidden(acting, 'resolve') ?? invalidText('notes', resolution.notes, NOTES_LIMIT);
  if (refusal) return refusal;
  if (!canMove<IncidentState>(INCIDENT_LIFECYCLE, incident.state, 'RESOLVED')) {
    return invalidTransition(incident, 'resolved');
  }
  const notes = resolution.notes.trim();
  return decide(
    {
      state: 'RESOLVED',
      onHoldReason: null,
      resolutionCode: resolution.code,
      resolutionNotes: notes,
      resolvedBy: acting.id,
      resolvedAt: now,
      recoveryValidatedAt: null,
      recoveryWindowEndedAt: null,
    },
    [{ kind: 'incident-resolved', resolutionCode: resolution.code, notes, resolvedBy: acting.id, at: now }],
  );
}

/** A second person saw the fix hold. Again changes nothing. */
export function validateRecovery(incident: Incident, acting: Acting, now: Date): IncidentDecision {
  const refusal = forbidden(acting, 'validateRecovery');
  if (refusal) return refusal;
  if (incident.state !== 'RESOLVED') return invalidTransition(incident, 'validated as recovered');
  if (incident.recoveryValidatedAt) return unchanged();
  if (incident.resolvedBy === acting.id) {
    return refuse('SECOND_PERSON_REQUIRED', 'Recovery is validated by somebody other than who resolved the incident.');
  }
  return decide({ recoveryValidatedAt: now }, [
    { kind: 'incident-recovery-validated', validatedBy: acting.id, at: now },
  ]);
}

/** The fix did not hold: work goes on, and the resolution is taken back. */
export function reopen(incident: Incident, reason: string, acting: Acting, now: Date): IncidentDecision {
  const refusal = forbidden(acting, 'reopen') ?? invalidText('reason', reason, REASON_LIMIT);
  if (refusal) return refusal;
  if (incident.state !== 'RESOLVED') return invalidTransition(incident, 'reopened');
  return decide(
    {
      state: 'IN_PROGRESS',
      resolutionCode: null,
      resolutionNotes: null,
      resolvedBy: null,
      resolvedAt: null,
      recoveryValidatedAt: null,
      recoveryWindowEndedAt: null,
    },
    [{ kind: 'incident-reopened', reason: reason.trim(), at: now }],
  );
}

/** Nothing is left to do. P1 and P2 first need their recovery validated. */
export function close(incident: Incident, acting: Acting, now: Date): IncidentDecision {
  const refusal = forbidden(acting, 'close');
  if (refusal) return refusal;
  if (!canMove<IncidentState>(INCIDENT_LIFECYCLE, incident.state, 'CLOSED')) {
    return invalidTransition(incident, 'closed');
  }
  if (awaitsValidation(incident)) {
    return refuse('RECOVERY_NOT_VALIDATED', `A ${incident.priority} is closed only after its recovery was validated.`);
  }
  return decide({ state: 'CLOSED', closedAt: now }, [{ kind: 'incident-closed', at: now }]);
}

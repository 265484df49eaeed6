import { canMove, decide, unchanged } from '@graphdesk/decisions';
import { priorityOf, type PriorityMatrix } from './priority-matrix.js';
import type { Annotation } from './incident-facts.js';
import type { Acting, Incident, IncidentDecision } from './incident.js';
import { INCIDENT_LIFECYCLE } from './incident-lifecycle.js';
import { forbidden } from './incident-permissions.js';
import { invalidText, invalidTransition } from './incident-refusals.js';
import { REASON_LIMIT } from './ownership.js';
import type { IncidentState, Level, OnHoldReason } from './vocabulary.js';

const mayBecome = (incident: Incident, state: IncidentState): boolean =>
  canMove<IncidentState>(INCIDENT_LIFECYCLE, incident.state, state);

/** Work waits for something outside. Holding it again for the same reason changes nothing. */
export function hold(incident: Incident, reason: OnHoldReason, acting: Acting, now: Date): IncidentDecision {
  const refusal = forbidden(acting, 'hold');
  if (refusal) return refusal;
  if (!mayBecome(incident, 'ON_HOLD')) return invalidTransition(incident, 'put on hold');
  if (incident.onHoldReason === reason) return unchanged();
  return decide({ state: 'ON_HOLD', onHoldReason: reason }, [{ kind: 'incident-put-on-hold', reason, at: now }]);
}

/** Work goes on after a hold. */
export function resume(incident: Incident, acting: Acting, now: Date): IncidentDecision {
  const refusal = forbidden(acting, 'resume');
  if (refusal) return refusal;
  if (incident.state !== 'ON_HOLD') return invalidTransition(incident, 'resumed');
  return decide({ state: 'IN_PROGRESS', onHoldReason: null }, [{ kind: 'incident-resumed', at: now }]);
}

/** It was no incident, or a duplicate of another. */
export function cancel(incident: Incident, reason: string, acting: Acting, now: Date): IncidentDecision {
  const refusal = forbidden(acting, 'cancel') ?? invalidText('reason', reason, REASON_LIMIT);
  if (refusal) return refusal;
  if (!mayBecome(incident, 'CANCELED')) return invalidTransition(incident, 'canceled');
  return decide({ state: 'CANCELED', onHoldReason: null, canceledAt: now }, [
    { kind: 'incident-canceled', reason: reason.trim(), at: now },
  ]);
}

/** Impact or urgency was assessed anew; the matrix in force gives the priority. */
export function reprioritize(
  incident: Incident,
  assessment: { readonly impact: Level; readonly urgency: Level; readonly reason: string },
  matrix: PriorityMatrix,
  acting: Acting,
  now: Date,
): IncidentDecision {
  const refusal = forbidden(acting, 'reprioritize') ?? invalidText('reason', assessment.reason, REASON_LIMIT);
  if (refusal) return refusal;
  if (INCIDENT_LIFECYCLE[incident.state].length === 0) return invalidTransition(incident, 'reprioritized');
  const { impact, urgency } = assessment;
  const priority = priorityOf(matrix, impact, urgency);
  if (incident.impact === impact && incident.urgency === urgency && incident.priority === priority) return unchanged();
  const assessed = { impact, urgency, priority, matrixVersion: matrix.version };
  return decide({ ...assessed, classificationReasons: ['STATED_BY_PERSON'] }, [
    { kind: 'incident-reprioritized', ...assessed, reason: assessment.reason.trim(), at: now },
  ]);
}

/** Something that happened elsewhere goes on the timeline, in any state. */
export function annotate(annotation: Annotation, acting: Acting, now: Date): IncidentDecision {
  return forbidden(acting, 'annotate') ?? decide({}, [{ kind: 'incident-annotated', ...annotation, at: now }]);
}

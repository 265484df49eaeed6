import {
  actionItemAddedV1,
  actionItemCompletedV1,
  actionItemDroppedV1,
  actionItemOverdueV1,
  actionItemRescheduledV1,
  incidentAcknowledgedV1,
  incidentAlertAttachedV1,
  incidentAnnotatedV1,
  incidentAssignedV1,
  incidentCanceledV1,
  incidentClosedV1,
  incidentImportedV1,
  incidentPutOnHoldV1,
  incidentRecoveryValidatedV1,
  incidentRecoveryWindowEndedV1,
  incidentReopenedV1,
  incidentReportedV1,
  incidentReprioritizedV1,
  incidentResolvedV1,
  incidentResumedV1,
  incidentRoutedV1,
  incidentUpdateImportedV1,
  incidentWorkBegunV1,
  intakeSourceCreatedV1,
} from '@graphdesk/contracts';
import { exhaustive } from '@graphdesk/decisions';
import { publication, type Publication } from '@graphdesk/subgraph';
import type { ActionItemFact } from './domain/action-item.js';
import type { IncidentFact } from './domain/incident-facts.js';
import type { Incident } from './domain/incident.js';
import type { IntakeSource, IntakeSourceFact } from './domain/intake-source.js';

/** An incident's facts as other services read them. */
export function publishIncident(fact: IncidentFact, incident: Incident): Publication {
  const at = fact.at.toISOString();
  switch (fact.kind) {
    case 'incident-reported':
      return publication(incidentReportedV1, {
        number: incident.number,
        title: fact.title,
        serviceId: fact.serviceId,
        environment: fact.environment,
        impact: fact.impact,
        urgency: fact.urgency,
        priority: fact.priority,
        matrixVersion: fact.matrixVersion,
        classificationReasons: [...fact.classificationReasons],
        ownerId: fact.ownerId,
        reporterId: fact.reporterId,
        origin: fact.origin,
        signature: fact.signature,
        detectedAt: fact.detectedAt.toISOString(),
        declaredAt: at,
      });
    case 'incident-alert-attached':
      return publication(incidentAlertAttachedV1, {
        alertId: fact.alertId,
        name: fact.name,
        status: fact.status,
        severity: fact.severity,
      });
    case 'incident-acknowledged':
      return publication(incidentAcknowledgedV1, {
        acknowledgedBy: fact.acknowledgedBy,
        acknowledgedAt: at,
        ownerId: fact.ownerId,
      });
    case 'incident-assigned':
      return publication(incidentAssignedV1, {
        ownerId: fact.ownerId,
        previousOwnerId: fact.previousOwnerId,
        reason: fact.reason,
      });
    case 'incident-reprioritized':
      return publication(incidentReprioritizedV1, {
        impact: fact.impact,
        urgency: fact.urgency,
        priority: fact.priority,
        matrixVersion: fact.matrixVersion,
        reason: fact.reason,
      });
    case 'incident-routed':
      return publication(incidentRoutedV1, {
        teamId: fact.teamId,
        previousTeamId: fact.previousTeamId,
        ownerId: fact.ownerId,
        previousOwnerId: fact.previousOwnerId,
        reason: fact.reason,
      });
    case 'incident-work-begun':
      return publication(incidentWorkBegunV1, { begunAt: at });
    case 'incident-update-imported':
      return publication(incidentUpdateImportedV1, { reference: fact.reference, text: fact.text });
    case 'incident-imported':
      return publication(incidentImportedV1, {
        system: fact.system,
        externalId: fact.externalId,
        entries: fact.entries,
      });
    case 'incident-put-on-hold':
      return publication(incidentPutOnHoldV1, { reason: fact.reason, heldAt: at });
    case 'incident-resumed':
      return publication(incidentResumedV1, { resumedAt: at });
    case 'incident-resolved':
      return publication(incidentResolvedV1, {
        resolutionCode: fact.resolutionCode,
        notes: fact.notes,
        resolvedBy: fact.resolvedBy,
        resolvedAt: at,
      });
    case 'incident-recovery-validated':
      return publication(incidentRecoveryValidatedV1, { validatedBy: fact.validatedBy, validatedAt: at });
    case 'incident-reopened':
      return publication(incidentReopenedV1, { reason: fact.reason, reopenedAt: at });
    case 'incident-recovery-window-ended':
      return publication(incidentRecoveryWindowEndedV1, { minutes: fact.minutes, endedAt: fact.endedAt.toISOString() });
    case 'incident-closed':
      return publication(incidentClosedV1, { closedAt: at });
    case 'incident-canceled':
      return publication(incidentCanceledV1, { reason: fact.reason, canceledAt: at });
    case 'incident-annotated':
      return publication(incidentAnnotatedV1, { kind: fact.about, referenceId: fact.referenceId, text: fact.text });
    default:
      return exhaustive(fact);
  }
}

/** An intake source's facts; its secret is in none of them. */
export function publishIntakeSource(_fact: IntakeSourceFact, source: IntakeSource): Publication {
  return publication(intakeSourceCreatedV1, { name: source.name, kind: source.kind });
}

/** An action item's facts as other services read them. */
export function publishActionItem(fact: ActionItemFact): Publication {
  const at = fact.at.toISOString();
  switch (fact.kind) {
    case 'action-item-added': {
      const { incidentId, title, ownerId } = fact;
      return publication(actionItemAddedV1, { incidentId, title, ownerId, dueAt: fact.dueAt.toISOString() });
    }
    case 'action-item-completed':
      return publication(actionItemCompletedV1, { completedBy: fact.completedBy, completedAt: at });
    case 'action-item-dropped':
      return publication(actionItemDroppedV1, { reason: fact.reason, droppedAt: at });
    case 'action-item-rescheduled': {
      const [dueAt, previousDueAt] = [fact.dueAt.toISOString(), fact.previousDueAt.toISOString()];
      return publication(actionItemRescheduledV1, { dueAt, previousDueAt, reason: fact.reason });
    }
    case 'action-item-overdue':
      return publication(actionItemOverdueV1, { ownerId: fact.ownerId, dueAt: fact.dueAt.toISOString() });
    default:
      return exhaustive(fact);
  }
}

import type { EventContract } from '../define-event.js';
import { incidentReportedV1 } from './incident-reported.v1.js';
import { incidentAlertAttachedV1 } from './incident-alert-attached.v1.js';
import { incidentAcknowledgedV1 } from './incident-acknowledged.v1.js';
import { incidentAssignedV1 } from './incident-assigned.v1.js';
import { incidentReprioritizedV1 } from './incident-reprioritized.v1.js';
import { incidentPutOnHoldV1 } from './incident-put-on-hold.v1.js';
import { incidentResumedV1 } from './incident-resumed.v1.js';
import { incidentResolvedV1 } from './incident-resolved.v1.js';
import { incidentRecoveryValidatedV1 } from './incident-recovery-validated.v1.js';
import { incidentRecoveryWindowEndedV1 } from './incident-recovery-window-ended.v1.js';
import { incidentReopenedV1 } from './incident-reopened.v1.js';
import { incidentClosedV1 } from './incident-closed.v1.js';
import { incidentCanceledV1 } from './incident-canceled.v1.js';
import { incidentAnnotatedV1 } from './incident-annotated.v1.js';
import { incidentImportedV1 } from './incident-imported.v1.js';
import { incidentRoutedV1 } from './incident-routed.v1.js';
import { incidentUpdateImportedV1 } from './incident-update-imported.v1.js';
import { incidentWorkBegunV1 } from './incident-work-begun.v1.js';
import { intakeSourceCreatedV1 } from './intake-source-created.v1.js';
import { actionItemAddedV1 } from './action-item-added.v1.js';
import { actionItemCompletedV1 } from './action-item-completed.v1.js';
import { actionItemDroppedV1 } from './action-item-dropped.v1.js';
import { actionItemRescheduledV1 } from './action-item-rescheduled.v1.js';
import { actionItemOverdueV1 } from './action-item-overdue.v1.js';

/** Every event of incidents, in all versions. */
export const INCIDENTS_EVENTS: readonly EventContract[] = [
  incidentReportedV1,
  incidentAlertAttachedV1,
  incidentAcknowledgedV1,
  incidentAssignedV1,
  incidentReprioritizedV1,
  incidentPutOnHoldV1,
  incidentResumedV1,
  incidentResolvedV1,
  incidentRecoveryValidatedV1,
  incidentRecoveryWindowEndedV1,
  incidentReopenedV1,
  incidentClosedV1,
  incidentCanceledV1,
  incidentAnnotatedV1,
  incidentImportedV1,
  incidentRoutedV1,
  incidentUpdateImportedV1,
  incidentWorkBegunV1,
  intakeSourceCreatedV1,
  actionItemAddedV1,
  actionItemCompletedV1,
  actionItemDroppedV1,
  actionItemRescheduledV1,
  actionItemOverdueV1,
];

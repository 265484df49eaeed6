import type { EventContract } from '../define-event.js';
import { changeRegisteredV1 } from './change-registered.v1.js';
import { changeAuthorizedV1 } from './change-authorized.v1.js';
import { changeRejectedV1 } from './change-rejected.v1.js';
import { changeMovedV1 } from './change-moved.v1.js';
import { changeDeployedV1 } from './change-deployed.v1.js';
import { changeClosedV1 } from './change-closed.v1.js';
import { changeIncidentLinkedV1 } from './change-incident-linked.v1.js';
import { changeSuspectedV1 } from './change-suspected.v1.js';
import { changesDismissedV1 } from './changes-dismissed.v1.js';
import { suspicionConfirmedV1 } from './suspicion-confirmed.v1.js';
import { suspicionRejectedV1 } from './suspicion-rejected.v1.js';
import { rollbackAdviceChangedV1 } from './rollback-advice-changed.v1.js';
import { rollbackSuggestedV1 } from './rollback-suggested.v1.js';
import { rollbackAcceptedV1 } from './rollback-accepted.v1.js';
import { rollbackDeclinedV1 } from './rollback-declined.v1.js';
import { rollbackWithdrawnV1 } from './rollback-withdrawn.v1.js';
import { rollbackSucceededV1 } from './rollback-succeeded.v1.js';
import { rollbackFailedV1 } from './rollback-failed.v1.js';
import { deploymentRecordedV1 } from './deployment-recorded.v1.js';
import { deploymentMovedV1 } from './deployment-moved.v1.js';
import { deploymentServiceIdentifiedV1 } from './deployment-service-identified.v1.js';
import { rollbackExpiredV1 } from './rollback-expired.v1.js';
import { deploymentSourceCreatedV1 } from './deployment-source-created.v1.js';

/** Every event of changes, in all versions. */
export const CHANGES_EVENTS: readonly EventContract[] = [
  changeRegisteredV1,
  changeAuthorizedV1,
  changeRejectedV1,
  changeMovedV1,
  changeDeployedV1,
  changeClosedV1,
  changeIncidentLinkedV1,
  changeSuspectedV1,
  changesDismissedV1,
  suspicionConfirmedV1,
  suspicionRejectedV1,
  rollbackAdviceChangedV1,
  rollbackSuggestedV1,
  rollbackAcceptedV1,
  rollbackDeclinedV1,
  rollbackWithdrawnV1,
  rollbackSucceededV1,
  rollbackFailedV1,
  deploymentRecordedV1,
  deploymentMovedV1,
  deploymentServiceIdentifiedV1,
  rollbackExpiredV1,
  deploymentSourceCreatedV1,
];

import { changeSuspectedV1, suspicionConfirmedV1, suspicionRejectedV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { AnnotateIncident } from '../use-cases/annotate-incident.js';

/** A change that is suspected to have caused an incident stands on its timeline, and what people say about it. */
@Injectable()
export class NoteSuspectedChanges implements Reacts {
  readonly reactions: readonly Reaction[];

  constructor(annotateIncident: AnnotateIncident) {
    this.reactions = [
      reaction(changeSuspectedV1, ({ tenantid, subject, data }) =>
        annotateIncident.execute(tenantid, data.incidentId, {
          about: 'CHANGE_SUSPECTED',
          referenceId: subject,
          text: `CHG-${data.changeNumber} is suspected, confidence ${data.confidence}: ${data.reasons.join(', ')}`,
        }),
      ),
      reaction(suspicionConfirmedV1, ({ tenantid, subject, data }) =>
        annotateIncident.execute(tenantid, data.incidentId, {
          about: 'SUSPICION_CONFIRMED',
          referenceId: subject,
          text: `${nameOf(data)} is confirmed as the cause`,
        }),
      ),
      reaction(suspicionRejectedV1, ({ tenantid, subject, data }) =>
        annotateIncident.execute(tenantid, data.incidentId, {
          about: 'SUSPICION_REJECTED',
          referenceId: subject,
          text: `${nameOf(data)} is not the cause: ${data.reason}`,
        }),
      ),
    ];
  }
}

/** Events from before the number was told name no change. */
function nameOf({ changeNumber }: { readonly changeNumber?: number | undefined }): string {
  return changeNumber === undefined ? 'The suspected change' : `CHG-${changeNumber}`;
}

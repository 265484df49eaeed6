import { rollbackExpiredV1, rollbackFailedV1, rollbackSucceededV1, rollbackSuggestedV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { AnnotateIncident } from '../use-cases/annotate-incident.js';

/** What becomes of a suggested rollback stands on the timeline of the incident it is for. */
@Injectable()
export class NoteRollbacks implements Reacts {
  readonly reactions: readonly Reaction[];

  constructor(annotateIncident: AnnotateIncident) {
    this.reactions = [
      reaction(rollbackSuggestedV1, ({ tenantid, subject, data }) =>
        annotateIncident.execute(tenantid, data.incidentId, {
          about: 'ROLLBACK_SUGGESTED',
          referenceId: subject,
          text: `Rolling back CHG-${data.changeNumber} is suggested: ${data.reason}`,
        }),
      ),
      reaction(rollbackSucceededV1, ({ tenantid, subject, data }) =>
        annotateIncident.execute(tenantid, data.incidentId, {
          about: 'ROLLBACK_SUCCEEDED',
          referenceId: subject,
          text: 'The suspected change was rolled back.',
        }),
      ),
      reaction(rollbackFailedV1, ({ tenantid, data }) =>
        annotateIncident.execute(tenantid, data.incidentId, {
          about: 'ROLLBACK_FAILED',
          // Each attempt is a change of its own, and each that fails stands there.
          referenceId: data.rollbackChangeId,
          text: 'The rollback of the suspected change failed; the change is still live.',
        }),
      ),
      reaction(rollbackExpiredV1, async ({ tenantid, subject, data }) => {
        if (!data.unanswered) return;
        await annotateIncident.execute(tenantid, data.incidentId, {
          about: 'ROLLBACK_EXPIRED',
          referenceId: subject,
          text: `Rolling back CHG-${data.changeNumber} is suggested no longer: ${data.reason}`,
        });
      }),
    ];
  }
}

import { changeSuspectedV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { AnnotateIncident } from '../use-cases/annotate-incident.js';

/** A change that is suspected to have caused an incident stands on its timeline. */
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
    ];
  }
}

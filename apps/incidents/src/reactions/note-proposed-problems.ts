import { problemProposedV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { AnnotateIncident } from '../use-cases/annotate-incident.js';

/** A problem that is proposed because of incidents stands on the timeline of each. */
@Injectable()
export class NoteProposedProblems implements Reacts {
  readonly reactions: readonly Reaction[];

  constructor(annotateIncident: AnnotateIncident) {
    this.reactions = [
      reaction(problemProposedV1, async ({ tenantid, subject, data }) => {
        const text = `PRB-${data.number} is proposed as the cause: ${data.title}`;
        // In one order everywhere, so that two problems with incidents in common wait for each other.
        for (const incidentId of [...data.incidentIds].sort()) {
          await annotateIncident.execute(tenantid, incidentId, {
            about: 'PROBLEM_PROPOSED',
            referenceId: subject,
            text,
          });
        }
      }),
    ];
  }
}

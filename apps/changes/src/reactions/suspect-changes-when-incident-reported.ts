import { incidentReopenedV1, incidentReportedV1 } from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { SuspectChanges } from '../use-cases/suspect-changes.js';

/** The incident comes after the deployment, or is open again. Imports are history: nobody is to act on them. */
@Injectable()
export class SuspectChangesWhenIncidentReported implements Reacts {
  constructor(private readonly suspectChanges: SuspectChanges) {}

  readonly reactions = [
    reaction(incidentReportedV1, async (event) => {
      if (event.data.origin === 'IMPORT') return;
      await this.suspectChanges.forIncident(systemActor('changes', event.tenantid), event.subject);
    }),
    reaction(incidentReopenedV1, async (event) => {
      await this.suspectChanges.forIncident(systemActor('changes', event.tenantid), event.subject);
    }),
  ];
}

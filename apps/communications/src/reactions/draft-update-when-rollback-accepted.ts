import { rollbackAcceptedV1 } from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { DraftDueUpdates } from '../use-cases/draft-due-updates.js';

/** Heard of before its incident, a rollback is told when the incident is reported. */
@Injectable()
export class DraftUpdateWhenRollbackAccepted implements Reacts {
  constructor(private readonly drafting: DraftDueUpdates) {}

  readonly reactions = [
    reaction(rollbackAcceptedV1, (event) =>
      this.drafting.execute(systemActor('communications', event.tenantid), event.data.incidentId),
    ),
  ];
}

import { incidentReprioritizedV1 } from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { ReconsiderRollbacks } from '../use-cases/reconsider-rollbacks.js';

/** What was not worth a rollback may be now that more of the business is hurt. */
@Injectable()
export class ReconsiderRollbacksWhenIncidentReprioritized implements Reacts {
  constructor(private readonly reconsiderRollbacks: ReconsiderRollbacks) {}

  readonly reactions = [
    reaction(incidentReprioritizedV1, async (event) => {
      await this.reconsiderRollbacks.execute(systemActor('changes', event.tenantid), event.subject);
    }),
  ];
}

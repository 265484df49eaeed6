import { incidentCanceledV1, incidentClosedV1 } from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { ExpireRollbacks } from '../use-cases/expire-rollbacks.js';

/** A suggestion outlives the resolution, which may not hold, but not the end of its incident. */
@Injectable()
export class ExpireRollbacksWhenIncidentOver implements Reacts {
  constructor(private readonly expireRollbacks: ExpireRollbacks) {}

  readonly reactions = [
    reaction(incidentClosedV1, async (event) => {
      const actor = systemActor('changes', event.tenantid);
      await this.expireRollbacks.ofIncident(actor, event.subject, 'the incident was closed');
    }),
    reaction(incidentCanceledV1, async (event) => {
      const actor = systemActor('changes', event.tenantid);
      await this.expireRollbacks.ofIncident(actor, event.subject, 'the incident was canceled');
    }),
  ];
}

import { teamRegisteredV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { TeamRecord } from './team.record.js';

/** The only writer of our copy of the catalog's teams. */
@Injectable()
export class TeamsProjector implements Reacts {
  readonly projects = [TeamRecord];

  readonly reactions: readonly Reaction[] = [
    reaction(teamRegisteredV1, async (event, tx) => {
      await tx.upsert(TeamRecord, { id: event.subject, tenantId: event.tenantid }, ['id']);
    }),
  ];
}

import { personRegisteredV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { PersonRecord } from './person.record.js';

/** The only writer of our copy of the catalog's people. */
@Injectable()
export class PeopleProjector implements Reacts {
  readonly projects = [PersonRecord];

  readonly reactions: readonly Reaction[] = [
    reaction(personRegisteredV1, async (event, tx) => {
      const row = { id: event.subject, tenantId: event.tenantid, name: event.data.name };
      await tx.upsert(PersonRecord, row, ['id']);
    }),
  ];
}

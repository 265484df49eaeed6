import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { addSubscriber, type NewSubscriber } from '../domain/subscriber.js';
import type { UpdateRefusal } from '../domain/update-refusals.js';
import type { SubscriberRecord } from '../persistence/subscriber.record.js';
import { SubscribersReader } from '../persistence/subscribers.reader.js';
import { SubscribersRepository } from '../persistence/subscribers.repository.js';
import { ServicesReader } from '../projections/services/services.reader.js';

/** Puts somebody on the list of those who are told. */
@Injectable()
export class AddSubscriber {
  constructor(
    private readonly database: TenantDatabase,
    private readonly subscribers: SubscribersRepository,
    private readonly reader: SubscribersReader,
    private readonly services: ServicesReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, asked: NewSubscriber): Promise<Outcome<SubscriberRecord, UpdateRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      const count = await this.reader.countHeld(actor);
      const added = addSubscriber(newId('subscriber'), asked, count, actor, this.clock.now());
      if (!added.ok) return added;
      const unknown = await this.services.firstUnknown(actor, added.subscriber.serviceIds ?? []);
      if (unknown !== undefined) return unknownReference(unknown, 'serviceIds');
      const taken = refuse('SUBSCRIBER_EXISTS', 'This address is on the list for this audience already.', {
        path: ['email'],
      });
      return this.subscribers.create(actor, added.subscriber, added.facts, taken);
    });
  }
}

import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { removeSubscriber } from '../domain/subscriber.js';
import type { UpdateRefusal } from '../domain/update-refusals.js';
import type { SubscriberRecord } from '../persistence/subscriber.record.js';
import { SubscribersRepository } from '../persistence/subscribers.repository.js';

/** Takes somebody off the list and erases the address. */
@Injectable()
export class RemoveSubscriber {
  constructor(
    private readonly subscribers: SubscribersRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string): Promise<Outcome<SubscriberRecord, UpdateRefusal>> {
    return this.subscribers.change(actor, id, (subscriber) => removeSubscriber(subscriber, actor, this.clock.now()));
  }
}

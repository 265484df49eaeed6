import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { SubscriberFact } from '../domain/subscriber-facts.js';
import { publishSubscriber } from '../published-events.js';
import { SubscriberRecord } from './subscriber.record.js';

/** The only writer of subscribers. */
@Injectable()
export class SubscribersRepository extends WritePath<SubscriberRecord, SubscriberFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, SubscriberRecord, publishSubscriber);
  }
}

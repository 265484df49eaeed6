import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { dueWorkOf } from '../domain/notification.js';
import type { NotificationFact } from '../domain/notification-facts.js';
import { publishNotification } from '../published-events.js';
import { NotificationRecord } from './notification.record.js';

/** The only writer of notifications; what is due for one is armed with each of its changes. */
@Injectable()
export class NotificationsRepository extends WritePath<NotificationRecord, NotificationFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, NotificationRecord, publishNotification, dueWorkOf);
  }
}

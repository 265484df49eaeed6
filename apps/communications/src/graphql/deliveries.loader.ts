import { loadMany, loadOne, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { NotificationRecord } from '../persistence/notification.record.js';
import { NotificationsReader } from '../persistence/notifications.reader.js';
import type { SubscriberRecord } from '../persistence/subscriber.record.js';
import { SubscribersReader } from '../persistence/subscribers.reader.js';
import type { TimelineEntryRecord } from '../persistence/timeline-entry.record.js';
import { TimelinesReader } from '../persistence/timelines.reader.js';

/** References of one request around deliveries, read in one statement per kind. */
@Injectable()
export class DeliveriesLoader {
  readonly notification: Loader<string, NotificationRecord | null>;
  readonly notificationsOfUpdate: Loader<string, readonly NotificationRecord[]>;
  readonly subscriber: Loader<string, SubscriberRecord | null>;
  readonly timeline: Loader<string, readonly TimelineEntryRecord[]>;

  constructor(notifications: NotificationsReader, subscribers: SubscribersReader, timelines: TimelinesReader) {
    this.notification = loadOne(
      (actor, ids) => notifications.notificationsByIds(actor, ids),
      (notification) => notification.id,
    );
    this.notificationsOfUpdate = loadMany(
      (actor, ids) => notifications.notificationsOfUpdates(actor, ids),
      (notification) => notification.updateId,
    );
    this.subscriber = loadOne(
      (actor, ids) => subscribers.subscribersByIds(actor, ids),
      (subscriber) => subscriber.id,
    );
    this.timeline = loadMany(
      (actor, ids) => timelines.timelinesOf(actor, ids),
      (entry) => entry.aggregateId,
    );
  }
}

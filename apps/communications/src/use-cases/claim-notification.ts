import { asksFor, unchanged, type Clock, type DueWork } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { Channels } from '../channels/channels.js';
import type { OutgoingMessage } from '../channels/channel.js';
import { claimNotification } from '../domain/deliver-notification.js';
import { dueWorkOf } from '../domain/notification.js';
import type { ChannelKind } from '../domain/vocabulary.js';
import { NotificationsReader } from '../persistence/notifications.reader.js';
import { NotificationsRepository } from '../persistence/notifications.repository.js';
import { StakeholderUpdatesReader } from '../persistence/stakeholder-updates.reader.js';
import { SubscribersReader } from '../persistence/subscribers.reader.js';

/** A try that this process holds: what to send, and the token with which its end is recorded. */
export interface ClaimedTry {
  readonly notificationId: string;
  readonly subscriberId: string;
  readonly fencing: number;
  readonly channel: ChannelKind;
  readonly message: OutgoingMessage;
}

/** Begins a try of a notification that is due: claimed for the time of a lease, in one short transaction. */
@Injectable()
export class ClaimNotification {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly reader: NotificationsReader,
    private readonly updates: StakeholderUpdatesReader,
    private readonly subscribers: SubscribersReader,
    private readonly channels: Channels,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null when there is nothing to try: it was claimed, recorded or given up meanwhile. */
  async execute(actor: Actor, id: string, due: DueWork): Promise<ClaimedTry | null> {
    const known = await this.reader.notification(actor, id);
    if (!known) return null;
    const { subscriberId, updateId, channel, key, queuedAt } = known;
    const [subscriber] = await this.subscribers.subscribersByIds(actor, [subscriberId]);
    const [update] = await this.updates.updatesByIds(actor, [updateId]);
    const to = subscriber?.email;
    const now = this.clock.now();
    let claimed = false;
    const outcome = await this.notifications.change(actor, id, (row) => {
      claimed = asksFor(dueWorkOf(row), due);
      if (!claimed) return unchanged();
      return claimNotification(row, to ? 'known' : 'gone', now, this.channels.leaseMs(channel));
    });
    if (!claimed || !outcome.ok || !outcome.value.underway || !to || !update) return null;
    const { subject, body } = update;
    return {
      notificationId: id,
      subscriberId,
      fencing: outcome.value.fencing,
      channel,
      message: { key, to, subject, body, queuedAt },
    };
  }
}

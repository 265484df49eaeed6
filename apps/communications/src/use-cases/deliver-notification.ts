import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { failpoint } from '@graphdesk/messaging';
import { CLOCK, LOGGER, type SubgraphResources } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { Channels } from '../channels/channels.js';
import { recordOutcome } from '../domain/deliver-notification.js';
import type { DeliveryOutcome } from '../domain/delivery-outcome.js';
import { NotificationsRepository } from '../persistence/notifications.repository.js';
import { SubscribersReader } from '../persistence/subscribers.reader.js';
import type { ClaimedTry } from './claim-notification.js';

/** How often and how long apart an outcome is brought to the database, in milliseconds: what is lost is sent again. */
const RECORD_TRIES = 5;
const RECORD_WAIT_MS = 500;

/** One try, outside any transaction, and then its outcome, if the claim still stands. */
@Injectable()
export class DeliverNotification {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly subscribers: SubscribersReader,
    private readonly channels: Channels,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: SubgraphResources['logger'],
  ) {}

  async execute(actor: Actor, claimed: ClaimedTry): Promise<void> {
    failpoint('delivery.before-send');
    const outcome = await this.channels.send(claimed.channel, claimed.message, async () => {
      const [subscriber] = await this.subscribers.subscribersByIds(actor, [claimed.subscriberId]);
      return Boolean(subscriber?.email);
    });
    failpoint('delivery.before-record');
    if (outcome.kind === 'TEMPORARY' || outcome.kind === 'PERMANENT') {
      const { notificationId, channel } = claimed;
      this.logger.warn({ notificationId, channel, outcome }, 'a notification could not be delivered');
    }
    await this.record(actor, claimed, outcome, RECORD_TRIES);
  }

  private async record(actor: Actor, claimed: ClaimedTry, outcome: DeliveryOutcome, tries: number): Promise<void> {
    const { notificationId, fencing } = claimed;
    try {
      await this.notifications.change(actor, notificationId, (row) =>
        recordOutcome(row, fencing, outcome, this.clock.now()),
      );
    } catch (error) {
      if (tries <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, RECORD_WAIT_MS));
      await this.record(actor, claimed, outcome, tries - 1);
    }
  }
}

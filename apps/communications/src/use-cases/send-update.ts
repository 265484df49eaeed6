import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { Channels } from '../channels/channels.js';
import { notificationKey } from '../channels/notification-key.js';
import { sendUpdate } from '../domain/handle-update.js';
import { queueNotification } from '../domain/notification.js';
import type { UpdateRefusal } from '../domain/update-refusals.js';
import { NotificationsRepository } from '../persistence/notifications.repository.js';
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import { StakeholderUpdatesReader } from '../persistence/stakeholder-updates.reader.js';
import { StakeholderUpdatesRepository } from '../persistence/stakeholder-updates.repository.js';
import type { SubscriberRecord } from '../persistence/subscriber.record.js';
import { SubscribersReader } from '../persistence/subscribers.reader.js';
import { IncidentsReader } from '../projections/incidents/incidents.reader.js';

/** Hands an approved update over to be delivered: one notification per recipient and channel, in the same transaction. */
@Injectable()
export class SendUpdate {
  constructor(
    private readonly database: TenantDatabase,
    private readonly updates: StakeholderUpdatesRepository,
    private readonly reader: StakeholderUpdatesReader,
    private readonly incidents: IncidentsReader,
    private readonly subscribers: SubscribersReader,
    private readonly notifications: NotificationsRepository,
    private readonly channels: Channels,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string): Promise<Outcome<StakeholderUpdateRecord, UpdateRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      const held = await this.reader.hold(actor, id);
      const recipients = held ? await this.recipientsOf(actor, held) : [];
      const reach = { hasChannel: this.channels.kinds.length > 0, recipients: recipients.length };
      const now = this.clock.now();
      const outcome = await this.updates.change(actor, id, (update) => sendUpdate(update, reach, actor, now));
      const sentNow = outcome.ok && held?.state === 'APPROVED';
      if (sentNow) for (const recipient of recipients) await this.queue(actor, id, recipient, now);
      return outcome;
    });
  }

  private async recipientsOf(actor: Actor, update: StakeholderUpdateRecord): Promise<SubscriberRecord[]> {
    const incident = await this.incidents.incident(actor, update.incidentId);
    return this.subscribers.recipients(actor, update.audience, incident?.serviceId ?? null);
  }

  private async queue(actor: Actor, updateId: string, subscriber: SubscriberRecord, now: Date): Promise<void> {
    for (const channel of this.channels.kinds) {
      const key = notificationKey(actor.tenantId, updateId, subscriber.id, channel);
      const made = { id: newId('notification'), updateId, subscriberId: subscriber.id, channel, key };
      const { notification, facts } = queueNotification(made, now);
      const taken = refuse('NOTIFICATION_EXISTS', 'this recipient has this update already');
      await this.notifications.create(actor, notification, facts, taken);
    }
  }
}

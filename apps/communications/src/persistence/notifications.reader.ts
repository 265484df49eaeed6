import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { may } from '../domain/update-permissions.js';
import { NotificationRecord } from './notification.record.js';

/** Every query of notifications: who sees an update sees who was told of it, by id. */
@Injectable()
export class NotificationsReader {
  constructor(private readonly database: TenantDatabase) {}

  async notification(actor: Actor, id: string): Promise<NotificationRecord | null> {
    const [found = null] = await this.notificationsByIds(actor, [id]);
    return found;
  }

  async notificationsByIds(actor: Actor, ids: readonly string[]): Promise<NotificationRecord[]> {
    if (ids.length === 0 || !may(actor, 'read')) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(NotificationRecord, { id: In([...ids]) }));
  }

  /** The notifications of updates, in the order in which they were queued. */
  async notificationsOfUpdates(actor: Actor, updateIds: readonly string[]): Promise<NotificationRecord[]> {
    if (updateIds.length === 0 || !may(actor, 'read')) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(NotificationRecord, { where: { updateId: In([...updateIds]) }, order: { id: 'ASC' } }),
    );
  }
}

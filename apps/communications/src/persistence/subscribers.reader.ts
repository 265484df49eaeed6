import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import type { Page } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, Not } from 'typeorm';
import { may } from '../domain/update-permissions.js';
import type { Audience } from '../domain/vocabulary.js';
import { SubscriberRecord } from './subscriber.record.js';

/** What a list of subscribers can be narrowed by. */
export interface SubscriberFilter {
  readonly audience: readonly Audience[] | null;
  readonly removed: boolean;
}

/** Every query of subscribers: addresses are for those who speak for the tenant, and its auditors. */
@Injectable()
export class SubscribersReader {
  constructor(private readonly database: TenantDatabase) {}

  async subscribers(actor: Actor, page: Page, { audience, removed }: SubscriberFilter): Promise<SubscriberRecord[]> {
    if (!may(actor, 'read-subscribers')) return [];
    const where = {
      removedAt: removed ? Not(IsNull()) : IsNull(),
      ...(audience && { audience: In([...audience]) }),
      ...(page.beforeId && { id: LessThan(page.beforeId) }),
    };
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(SubscriberRecord, { where, order: { id: 'DESC' }, take: page.limit }),
    );
  }

  async subscribersByIds(actor: Actor, ids: readonly string[]): Promise<SubscriberRecord[]> {
    if (ids.length === 0 || !may(actor, 'read-subscribers')) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(SubscriberRecord, { id: In([...ids]) }));
  }

  /** How many are on the list now, counted by one at a time: nobody else adds until the transaction ends. */
  async countHeld(actor: Actor): Promise<number> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('communications.subscriber'), hashtext($1))`, [
        actor.tenantId,
      ]);
      return tx.countBy(SubscriberRecord, { removedAt: IsNull() });
    });
  }

  /** Who is to be told what is written for this audience about an incident of this service, or of no known one. */
  async recipients(actor: Actor, audience: Audience, serviceId: string | null): Promise<SubscriberRecord[]> {
    return this.database.transaction(actor.tenantId, (tx) =>
      tx
        .createQueryBuilder(SubscriberRecord, 'subscriber')
        .where('subscriber.removedAt IS NULL AND subscriber.audience = :audience', { audience })
        .andWhere('(subscriber.serviceIds IS NULL OR :serviceId = ANY (subscriber.serviceIds))', { serviceId })
        .orderBy('subscriber.id')
        .getMany(),
    );
  }
}

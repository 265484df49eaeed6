import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import type { Page } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { may } from '../domain/update-permissions.js';
import type { UpdateState } from '../domain/vocabulary.js';
import { StakeholderUpdateRecord } from './stakeholder-update.record.js';

/** Every query of updates, each with its visibility: those who work on incidents see all of the tenant's, others none. */
@Injectable()
export class StakeholderUpdatesReader {
  constructor(private readonly database: TenantDatabase) {}

  async updates(actor: Actor, page: Page, states: readonly UpdateState[] | null): Promise<StakeholderUpdateRecord[]> {
    if (!may(actor, 'read')) return [];
    const where = { ...(page.beforeId && { id: LessThan(page.beforeId) }), ...(states && { state: In([...states]) }) };
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(StakeholderUpdateRecord, { where, order: { id: 'DESC' }, take: page.limit }),
    );
  }

  async updatesByIds(actor: Actor, ids: readonly string[]): Promise<StakeholderUpdateRecord[]> {
    if (ids.length === 0 || !may(actor, 'read')) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(StakeholderUpdateRecord, { id: In([...ids]) }));
  }

  /** An update, held until the transaction ends: nobody rewords or sends it meanwhile. */
  async hold(actor: Actor, id: string): Promise<StakeholderUpdateRecord | null> {
    if (!may(actor, 'read')) return null;
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.findOne(StakeholderUpdateRecord, { where: { id }, lock: { mode: 'pessimistic_write' } }),
    );
  }

  /** The updates of incidents, in the order in which they were drafted. */
  async updatesOfIncidents(actor: Actor, incidentIds: readonly string[]): Promise<StakeholderUpdateRecord[]> {
    if (incidentIds.length === 0 || !may(actor, 'read')) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(StakeholderUpdateRecord, { where: { incidentId: In([...incidentIds]) }, order: { id: 'ASC' } }),
    );
  }
}

import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import type { Page } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import { seesChanges } from '../domain/visibility.js';
import type { ChangeKind, ChangeState } from '../domain/vocabulary.js';
import { ChangeRecord } from './change.record.js';
import { TimelineEntryRecord } from './timeline-entry.record.js';

/** What a list of changes is narrowed to; what is absent narrows nothing. */
export interface ChangeFilter {
  readonly state?: readonly ChangeState[] | null;
  readonly kind?: readonly ChangeKind[] | null;
  readonly serviceId?: string | null;
  readonly environment?: string | null;
  readonly unplanned?: boolean | null;
}

/** A change at a service's top. */
export interface RecentChange {
  readonly serviceId: string;
  readonly change: ChangeRecord;
}

/** How many changes `Service.recentChanges` shows. */
export const RECENT_CHANGES = 10;

/** Every query of changes, each with its visibility. */
@Injectable()
export class ChangesReader {
  constructor(private readonly database: TenantDatabase) {}

  async byIds(actor: Actor, ids: readonly string[]): Promise<ChangeRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(ChangeRecord, { id: In([...ids]) }));
  }

  async byNumber(actor: Actor, number: number): Promise<ChangeRecord | null> {
    if (!seesChanges(actor)) return null;
    return this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(ChangeRecord, { number }));
  }

  async page(actor: Actor, page: Page, filter: ChangeFilter): Promise<ChangeRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) => {
      const query = narrow(tx.createQueryBuilder(ChangeRecord, 'change'), filter);
      if (page.beforeId) query.andWhere('change.id < :beforeId', { beforeId: page.beforeId });
      return query.orderBy('change.id', 'DESC').limit(page.limit).getMany();
    });
  }

  /**
   * The change that a deployment without a reference belongs to: what is being implemented there, else what is scheduled, the oldest
   * first. A rollback is never found this way: it must be named.
   */
  async awaitingDeployment(actor: Actor, serviceId: string, environment: string): Promise<ChangeRecord | null> {
    return this.database.transaction(actor.tenantId, (tx) =>
      tx
        .createQueryBuilder(ChangeRecord, 'change')
        .where(`change.state IN ('SCHEDULED', 'IMPLEMENT') AND change.rollsBackChangeId IS NULL`)
        .andWhere('change.serviceIds @> ARRAY[:serviceId]::text[]', { serviceId })
        .andWhere('change.environment = :environment', { environment })
        .orderBy('change.state', 'ASC')
        .addOrderBy('change.id', 'ASC')
        .getOne(),
    );
  }

  /** The newest changes of each service. */
  async recentOf(actor: Actor, serviceIds: readonly string[]): Promise<RecentChange[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, async (tx) => {
      const top = await tx.query<{ service_id: string; id: string }[]>(
        `SELECT s.id AS service_id, c.id FROM unnest($1::text[]) AS s (id) CROSS JOIN LATERAL (
           SELECT id FROM change WHERE service_ids @> ARRAY[s.id] ORDER BY id DESC LIMIT ${RECENT_CHANGES}) AS c`,
        [serviceIds],
      );
      const changes = await tx.findBy(ChangeRecord, { id: In(top.map(({ id }) => id)) });
      const byId = new Map(changes.map((change) => [change.id, change]));
      return top.flatMap(({ service_id: serviceId, id }) => {
        const change = byId.get(id);
        return change ? [{ serviceId, change }] : [];
      });
    });
  }

  async timelineOf(actor: Actor, changeIds: readonly string[]): Promise<TimelineEntryRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(TimelineEntryRecord, { where: { aggregateId: In([...changeIds]) }, order: { version: 'ASC' } }),
    );
  }
}

function narrow(query: SelectQueryBuilder<ChangeRecord>, filter: ChangeFilter): SelectQueryBuilder<ChangeRecord> {
  const { state, kind, serviceId, environment, unplanned } = filter;
  if (state) query.andWhere('change.state = ANY(:state)', { state });
  if (kind) query.andWhere('change.kind = ANY(:kind)', { kind });
  if (serviceId) query.andWhere('change.serviceIds @> ARRAY[:serviceId]::text[]', { serviceId });
  if (environment) query.andWhere('change.environment = :environment', { environment });
  if (unplanned !== undefined && unplanned !== null) query.andWhere('change.unplanned = :unplanned', { unplanned });
  return query;
}

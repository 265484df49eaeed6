import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import type { Page } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import { OPEN_STATES } from '../domain/incident-lifecycle.js';
import { visibilityOf } from '../domain/visibility.js';
import type { IncidentState, Priority } from '../domain/vocabulary.js';
import { IncidentRecord } from './incident.record.js';

/** Narrows a list; parts are combined with AND, values within a part with OR. */
export interface IncidentFilter {
  readonly states?: readonly IncidentState[] | null;
  readonly priorities?: readonly Priority[] | null;
  readonly serviceId?: string | null;
  readonly ownerId?: string | null;
}

/** How many open incidents a service or person shows at most, the newest first. */
export const LIST_LIMIT = 100;

/** Queries of incidents, each with its visibility. */
@Injectable()
export class IncidentsReader {
  constructor(private readonly database: TenantDatabase) {}

  async byIds(actor: Actor, ids: readonly string[]): Promise<IncidentRecord[]> {
    return this.list(actor, (query) => query.andWhere({ id: In([...ids]) }));
  }

  async byNumber(actor: Actor, number: number): Promise<IncidentRecord | null> {
    const [incident] = await this.list(actor, (query) => query.andWhere({ number }));
    return incident ?? null;
  }

  async page(actor: Actor, filter: IncidentFilter, page: Page): Promise<IncidentRecord[]> {
    return this.list(actor, (query) => {
      if (filter.states) query.andWhere({ state: In([...filter.states]) });
      if (filter.priorities) query.andWhere({ priority: In([...filter.priorities]) });
      if (filter.serviceId) query.andWhere({ serviceId: filter.serviceId });
      if (filter.ownerId) query.andWhere({ ownerId: filter.ownerId });
      if (page.beforeId) query.andWhere('incident.id < :beforeId', { beforeId: page.beforeId });
      return query.limit(page.limit);
    });
  }

  /** Open incidents of these services, the newest {@link LIST_LIMIT} of each. */
  async openOfServices(actor: Actor, serviceIds: readonly string[]): Promise<IncidentRecord[]> {
    return this.openBy(actor, 'service_id', serviceIds);
  }

  /** Open incidents that these people own, the newest {@link LIST_LIMIT} of each. */
  async openOfOwners(actor: Actor, personIds: readonly string[]): Promise<IncidentRecord[]> {
    return this.openBy(actor, 'owner_id', personIds);
  }

  private async openBy(
    actor: Actor,
    column: 'service_id' | 'owner_id',
    keys: readonly string[],
  ): Promise<IncidentRecord[]> {
    const newest = `incident.id IN (SELECT newest.id FROM unnest(ARRAY[:...keys]::text[]) AS wanted, LATERAL (
      SELECT i.id FROM incident i WHERE i.${column} = wanted AND i.state IN (:...open) ORDER BY i.id DESC LIMIT ${LIST_LIMIT}
    ) AS newest)`;
    return this.list(actor, (query) => query.andWhere(newest, { keys: [...keys], open: [...OPEN_STATES] }));
  }

  private async list(
    actor: Actor,
    narrow: (query: SelectQueryBuilder<IncidentRecord>) => SelectQueryBuilder<IncidentRecord>,
  ): Promise<IncidentRecord[]> {
    const visible = visibilityOf(actor);
    if (visible.kind === 'NONE' || (visible.kind === 'SERVICES' && visible.serviceIds.length === 0)) return [];
    return this.database.transaction(actor.tenantId, (tx) => {
      const query = tx.createQueryBuilder(IncidentRecord, 'incident').where('true').orderBy('incident.id', 'DESC');
      if (visible.kind === 'SERVICES') query.andWhere({ serviceId: In([...visible.serviceIds]) });
      if (visible.kind === 'OWN') {
        query.andWhere('(incident.reporter_id = :me OR incident.owner_id = :me)', { me: visible.personId });
      }
      return narrow(query).getMany();
    });
  }
}

import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { hasRole, INSIDERS } from '@graphdesk/identity';
import type { Page } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { In, LessThan, type EntityTarget, type FindOptionsWhere } from 'typeorm';
import { PersonRecord } from './person.record.js';
import { ServiceRecord } from './service.record.js';
import { TeamRecord } from './team.record.js';
import { TenantRecord } from './tenant.record.js';

/** Every query of the catalog, each with its visibility: insiders see their tenant's, partners the services of their scope. */
@Injectable()
export class CatalogReader {
  constructor(private readonly database: TenantDatabase) {}

  async tenant(actor: Actor): Promise<TenantRecord | null> {
    if (!isInsider(actor)) return null;
    return this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(TenantRecord, { id: actor.tenantId }));
  }

  /** The refusal of whoever acts for a tenant that no operator has registered; null when it is registered. */
  async unknownTenant(actor: Actor): Promise<Refused<'UNKNOWN_TENANT'> | null> {
    const known = await this.database.transaction(actor.tenantId, (tx) =>
      tx.existsBy(TenantRecord, { id: actor.tenantId }),
    );
    return known ? null : refuse('UNKNOWN_TENANT', 'an operator must register this tenant first');
  }

  async services(actor: Actor, page: Page): Promise<ServiceRecord[]> {
    return this.page(actor, ServiceRecord, page, visibleServiceIds(actor));
  }

  async servicesByIds(actor: Actor, ids: readonly string[]): Promise<ServiceRecord[]> {
    const visible = visibleServiceIds(actor);
    return this.byIds(actor, ServiceRecord, visible ? ids.filter((id) => visible.includes(id)) : ids);
  }

  async serviceByKey(actor: Actor, key: string): Promise<ServiceRecord | null> {
    const service = await this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(ServiceRecord, { key }));
    const visible = visibleServiceIds(actor);
    return service && (!visible || visible.includes(service.id)) ? service : null;
  }

  async people(actor: Actor, page: Page): Promise<PersonRecord[]> {
    return this.page(actor, PersonRecord, page, isInsider(actor) ? null : []);
  }

  async peopleByIds(actor: Actor, ids: readonly string[]): Promise<PersonRecord[]> {
    return this.byIds(actor, PersonRecord, isInsider(actor) ? ids : []);
  }

  async teams(actor: Actor, page: Page): Promise<TeamRecord[]> {
    return this.page(actor, TeamRecord, page, isInsider(actor) ? null : []);
  }

  async teamByName(actor: Actor, name: string): Promise<TeamRecord | null> {
    if (!isInsider(actor)) return null;
    return this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(TeamRecord, { name }));
  }

  async teamsByIds(actor: Actor, ids: readonly string[]): Promise<TeamRecord[]> {
    return this.byIds(actor, TeamRecord, isInsider(actor) ? ids : []);
  }

  private async page<Row extends { id: string }>(
    actor: Actor,
    record: EntityTarget<Row>,
    page: Page,
    only: readonly string[] | null,
  ): Promise<Row[]> {
    if (only?.length === 0) return [];
    const conditions = [
      ...(page.beforeId ? [{ id: LessThan(page.beforeId) }] : []),
      ...(only ? [{ id: In([...only]) }] : []),
    ];
    return this.database.transaction(actor.tenantId, (tx) => {
      const query = tx.createQueryBuilder(record, 'row');
      for (const condition of conditions) query.andWhere(condition);
      return query.orderBy('row.id', 'DESC').limit(page.limit).getMany();
    });
  }

  private async byIds<Row extends { id: string }>(
    actor: Actor,
    record: EntityTarget<Row>,
    ids: readonly string[],
  ): Promise<Row[]> {
    if (ids.length === 0) return [];
    const where = { id: In([...ids]) } as FindOptionsWhere<Row>;
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(record, where));
  }
}

const isInsider = (actor: Actor): boolean => hasRole(actor, ...INSIDERS);

/** Null: all of the tenant. */
function visibleServiceIds(actor: Actor): readonly string[] | null {
  return isInsider(actor) ? null : (actor.serviceScope ?? []);
}

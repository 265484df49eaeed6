import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import { actionItemsSeenBy } from '../domain/action-item-permissions.js';
import { ActionItemRecord } from './action-item.record.js';

/** How many action items an incident shows at most, the newest first. */
export const ACTION_ITEMS_LIMIT = 100;

/** Queries of action items, each with its visibility. */
@Injectable()
export class ActionItemsReader {
  constructor(private readonly database: TenantDatabase) {}

  async byIds(actor: Actor, ids: readonly string[]): Promise<ActionItemRecord[]> {
    return this.list(actor, (query) => query.where({ id: In([...ids]) }));
  }

  /** Action items of these incidents: of the newest {@link ACTION_ITEMS_LIMIT} of each, those that the actor sees. */
  async ofIncidents(actor: Actor, incidentIds: readonly string[]): Promise<ActionItemRecord[]> {
    return this.list(actor, (query) =>
      query.where(
        `item.id IN (SELECT newest.id FROM unnest(ARRAY[:...incidentIds]::text[]) AS wanted, LATERAL (
          SELECT i.id FROM action_item i WHERE i.incident_id = wanted ORDER BY i.id DESC LIMIT ${ACTION_ITEMS_LIMIT}
        ) AS newest)`,
        { incidentIds: [...incidentIds] },
      ),
    );
  }

  private async list(
    actor: Actor,
    narrow: (query: SelectQueryBuilder<ActionItemRecord>) => SelectQueryBuilder<ActionItemRecord>,
  ): Promise<ActionItemRecord[]> {
    return this.database.transaction(actor.tenantId, (tx) => {
      const query = narrow(tx.createQueryBuilder(ActionItemRecord, 'item'));
      if (actionItemsSeenBy(actor) === 'OWN') query.andWhere('item.ownerId = :viewer', { viewer: actor.id });
      return query.orderBy('item.id', 'DESC').getMany();
    });
  }
}

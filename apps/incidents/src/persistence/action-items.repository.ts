import { TenantDatabase } from '@graphdesk/database';
import { refuse } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { actionItemWork } from '../domain/action-item-work.js';
import type { ActionItemFact, NewActionItem } from '../domain/action-item.js';
import { publishActionItem } from '../published-events.js';
import { ActionItemRecord } from './action-item.record.js';

/** The only writer of action items. */
@Injectable()
export class ActionItemsRepository extends WritePath<ActionItemRecord, ActionItemFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, ActionItemRecord, publishActionItem, actionItemWork);
  }

  /** Stores a new one under a new id. */
  async add(
    actor: Actor,
    id: string,
    item: NewActionItem,
    facts: readonly ActionItemFact[],
  ): Promise<ActionItemRecord> {
    const outcome = await this.create(actor, { ...item, id }, facts, refuse('TAKEN', `${id} is there already`));
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.value;
  }
}

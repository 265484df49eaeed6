import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { complete } from '../domain/action-item-handling.js';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import type { ActionItemRecord } from '../persistence/action-item.record.js';
import { ActionItemsRepository } from '../persistence/action-items.repository.js';

/** What was to be done is done. */
@Injectable()
export class CompleteActionItem {
  constructor(
    private readonly items: ActionItemsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string): Promise<Outcome<ActionItemRecord, IncidentRefusal>> {
    return this.items.change(actor, id, (item) => complete(item, actor, this.clock.now()));
  }
}

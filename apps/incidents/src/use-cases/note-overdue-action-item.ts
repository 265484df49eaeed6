import type { Clock, DueWork } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { noteOverdue } from '../domain/action-item-work.js';
import { ActionItemsRepository } from '../persistence/action-items.repository.js';

/** An action item's due time has come. */
@Injectable()
export class NoteOverdueActionItem {
  constructor(
    private readonly items: ActionItemsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, timer: DueWork): Promise<void> {
    const outcome = await this.items.change(actor, id, (item) => noteOverdue(item, timer, this.clock.now()));
    if (!outcome.ok) throw new Error(`${timer.kind} of ${id}: ${outcome.message}`);
  }
}

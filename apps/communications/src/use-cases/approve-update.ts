import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { approveUpdate } from '../domain/handle-update.js';
import type { UpdateRefusal } from '../domain/update-refusals.js';
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import { StakeholderUpdatesRepository } from '../persistence/stakeholder-updates.repository.js';

/** Somebody answers for the words of an update. */
@Injectable()
export class ApproveUpdate {
  constructor(
    private readonly updates: StakeholderUpdatesRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string): Promise<Outcome<StakeholderUpdateRecord, UpdateRefusal>> {
    return this.updates.change(actor, id, (update) => approveUpdate(update, actor, this.clock.now()));
  }
}

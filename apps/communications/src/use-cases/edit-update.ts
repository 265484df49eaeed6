import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { editUpdate, type Wording } from '../domain/handle-update.js';
import type { UpdateRefusal } from '../domain/update-refusals.js';
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import { StakeholderUpdatesRepository } from '../persistence/stakeholder-updates.repository.js';

/** Changes the words of a draft. */
@Injectable()
export class EditUpdate {
  constructor(
    private readonly updates: StakeholderUpdatesRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, wording: Wording): Promise<Outcome<StakeholderUpdateRecord, UpdateRefusal>> {
    return this.updates.change(actor, id, (update) => editUpdate(update, wording, actor, this.clock.now()));
  }
}

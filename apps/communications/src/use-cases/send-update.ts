import type { Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { sendUpdate } from '../domain/handle-update.js';
import type { UpdateRefusal } from '../domain/update-refusals.js';
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import { StakeholderUpdatesRepository } from '../persistence/stakeholder-updates.repository.js';

/** Refuses: there is no channel to send through yet. */
@Injectable()
export class SendUpdate {
  constructor(private readonly updates: StakeholderUpdatesRepository) {}

  async execute(actor: Actor, id: string): Promise<Outcome<StakeholderUpdateRecord, UpdateRefusal>> {
    return this.updates.change(actor, id, (update) => sendUpdate(update, actor));
  }
}

import { refuse } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import type { ChangeFact } from '../domain/change-facts.js';
import type { Change } from '../domain/change.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import { ChangesRepository } from '../persistence/changes.repository.js';

/** Writes a change that a rule opened with a whole history, such as a rollback. */
@Injectable()
export class OpenChange {
  constructor(private readonly changes: ChangesRepository) {}

  async execute(actor: Actor, opened: { change: Change; facts: readonly ChangeFact[] }): Promise<ChangeRecord> {
    const { change, facts } = opened;
    const outcome = await this.changes.create(actor, change, facts, refuse('TAKEN', 'its number is taken'));
    if (!outcome.ok) throw new Error(`change ${change.number} could not be opened: ${outcome.message}`);
    return outcome.value;
  }
}

import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import { decline } from '../domain/rollback-suggestion.js';
import type { RollbackSuggestionRecord } from '../persistence/rollback-suggestion.record.js';
import { RollbackSuggestionsRepository } from '../persistence/rollback-suggestions.repository.js';

/** A person declines a suggestion, with a reason. */
@Injectable()
export class DeclineRollback {
  constructor(
    private readonly suggestions: RollbackSuggestionsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(actor: Actor, id: string, reason: string): Promise<Outcome<RollbackSuggestionRecord, ChangesRefusal>> {
    return this.suggestions.change(actor, id, (s) => decline(s, reason, actor, this.clock.now()));
  }
}

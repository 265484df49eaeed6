import { newId } from '@graphdesk/contracts';
import { refuse, type Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { PolicyAnswer } from '../domain/rollback-policy.js';
import { suggestRollback } from '../domain/rollback-suggestion.js';
import type { SuspectedChange } from '../domain/suspected-change.js';
import { RollbackSuggestionsRepository } from '../persistence/rollback-suggestions.repository.js';

/** Suggests the rollback of a suspect if the policy says so; one suggestion per suspicion, ever. */
@Injectable()
export class SuggestRollback {
  constructor(
    private readonly suggestions: RollbackSuggestionsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, suspected: SuspectedChange, policy: PolicyAnswer): Promise<void> {
    if (policy.advice !== 'SUGGEST') return;
    const suggestion = suggestRollback(newId('rollbackSuggestion'), suspected, policy.reason);
    const known = refuse('SUGGESTED_ALREADY', 'there is a suggestion already');
    await this.suggestions.create(actor, suggestion, [{ kind: 'rollback-suggested', at: this.clock.now() }], known);
  }
}

import { newId } from '@graphdesk/contracts';
import { refuse, type Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { PolicyAnswer } from '../domain/rollback-policy.js';
import { renew, suggestRollback } from '../domain/rollback-suggestion.js';
import type { SuspectedChange } from '../domain/suspected-change.js';
import { RollbackSuggestionsRepository } from '../persistence/rollback-suggestions.repository.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';

/** Suggests the rollback of a suspect if the policy says so; one suggestion per suspicion, renewed if it ran out of time. */
@Injectable()
export class SuggestRollback {
  constructor(
    private readonly suggestions: RollbackSuggestionsRepository,
    private readonly reader: SuspicionsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, suspected: SuspectedChange, policy: PolicyAnswer): Promise<void> {
    if (policy.advice !== 'SUGGEST') return;
    const now = this.clock.now();
    const suggestion = suggestRollback(newId('rollbackSuggestion'), suspected, policy.reason, now);
    const known = refuse('SUGGESTED_ALREADY', 'there is a suggestion already');
    const created = await this.suggestions.create(actor, suggestion, [{ kind: 'rollback-suggested', at: now }], known);
    if (created.ok) return;
    for (const { id } of await this.reader.suggestionsOf(actor, [suspected.id])) {
      await this.suggestions.change(actor, id, (s) => renew(s, policy.reason, now));
    }
  }
}

import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import { withdraw } from '../domain/rollback-suggestion.js';
import { confirm, reject } from '../domain/suspected-change.js';
import { RollbackSuggestionsRepository } from '../persistence/rollback-suggestions.repository.js';
import type { SuspectedChangeRecord } from '../persistence/suspected-change.record.js';
import { SuspectedChangesRepository } from '../persistence/suspected-changes.repository.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';
import { AskRollbackPolicy } from './ask-rollback-policy.js';
import { SuggestRollback } from './suggest-rollback.js';

/** A person confirms or rejects a suspicion. */
@Injectable()
export class JudgeSuspicion {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: SuspicionsReader,
    private readonly askPolicy: AskRollbackPolicy,
    private readonly suspected: SuspectedChangesRepository,
    private readonly suggestions: RollbackSuggestionsRepository,
    private readonly suggestRollback: SuggestRollback,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** It was this change. What the policy only asked about before may now be suggested. */
  async confirm(actor: Actor, id: string): Promise<Outcome<SuspectedChangeRecord, ChangesRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      const [known] = await this.reader.byIds(actor, [id]);
      if (!known) return refuse('NOT_FOUND', `there is no ${id}`);
      const policy = await this.askPolicy.execute(actor, known, 'CONFIRMED');
      const outcome = await this.suspected.change(actor, id, (s) => confirm(s, policy, actor, this.clock.now()));
      if (outcome.ok) await this.suggestRollback.execute(actor, outcome.value, policy);
      return outcome;
    });
  }

  /** It was not this change: a suggestion that nobody accepted is withdrawn. */
  async reject(actor: Actor, id: string, reason: string): Promise<Outcome<SuspectedChangeRecord, ChangesRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      const outcome = await this.suspected.change(actor, id, (s) => reject(s, reason, actor, this.clock.now()));
      if (!outcome.ok) return outcome;
      for (const suggestion of await this.reader.suggestionsOf(actor, [id])) {
        await this.suggestions.change(actor, suggestion.id, (s) => withdraw(s, this.clock.now()));
      }
      return outcome;
    });
  }
}

import { TenantDatabase } from '@graphdesk/database';
import type { Clock, DueWork } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { expire, runOut } from '../domain/rollback-suggestion.js';
import { RollbackSuggestionsRepository } from '../persistence/rollback-suggestions.repository.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';

/** Ends the suggestions that nobody needs to decide about any more. */
@Injectable()
export class ExpireRollbacks {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: SuspicionsReader,
    private readonly suggestions: RollbackSuggestionsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async ofIncident(actor: Actor, incidentId: string, reason: string): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      await this.expireAll(actor, await this.reader.suggestionsForIncident(actor, incidentId), reason);
    });
  }

  async ofChange(actor: Actor, changeId: string, reason: string): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      await this.expireAll(actor, await this.reader.suggestionsForChange(actor, changeId), reason);
    });
  }

  /** Nobody answered in time: what an open suggestion has armed. */
  async unanswered(actor: Actor, id: string, timer: DueWork): Promise<void> {
    const outcome = await this.suggestions.change(actor, id, (s) => runOut(s, timer, this.clock.now()));
    if (!outcome.ok) throw new Error(outcome.message);
  }

  private async expireAll(
    actor: Actor,
    suggestions: readonly { readonly id: string }[],
    reason: string,
  ): Promise<void> {
    const now = this.clock.now();
    for (const { id } of suggestions) await this.suggestions.change(actor, id, (s) => expire(s, reason, now));
  }
}

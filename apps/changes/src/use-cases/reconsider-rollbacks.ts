import { TenantDatabase } from '@graphdesk/database';
import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { reconsider } from '../domain/suspected-change.js';
import { SuspectedChangesRepository } from '../persistence/suspected-changes.repository.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';
import { AskRollbackPolicy } from './ask-rollback-policy.js';
import { SuggestRollback } from './suggest-rollback.js';

/** Asks the policy again about every suspect of an incident; what is suggested already stays suggested. */
@Injectable()
export class ReconsiderRollbacks {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: SuspicionsReader,
    private readonly suspected: SuspectedChangesRepository,
    private readonly askPolicy: AskRollbackPolicy,
    private readonly suggestRollback: SuggestRollback,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, incidentId: string): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      for (const link of await this.reader.ofIncidents(actor, [incidentId])) {
        if (link.state === 'REJECTED') continue;
        const certainty = link.state === 'CONFIRMED' ? 'CONFIRMED' : link.confidence;
        const policy = await this.askPolicy.execute(actor, link, certainty);
        const changed = await this.suspected.change(actor, link.id, (s) => reconsider(s, policy, this.clock.now()));
        const stands = changed.ok && changed.value.state !== 'REJECTED';
        if (stands) await this.suggestRollback.execute(actor, changed.value, policy);
      }
    });
  }
}

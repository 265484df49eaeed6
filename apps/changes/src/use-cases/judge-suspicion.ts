import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import { rollbackPolicy, type PolicyAnswer } from '../domain/rollback-policy.js';
import { withdraw } from '../domain/rollback-suggestion.js';
import { confirm, reject, type SuspectedChange } from '../domain/suspected-change.js';
import { ChangesReader } from '../persistence/changes.reader.js';
import { DeploymentsReader } from '../persistence/deployments.reader.js';
import { RollbackSuggestionsRepository } from '../persistence/rollback-suggestions.repository.js';
import type { SuspectedChangeRecord } from '../persistence/suspected-change.record.js';
import { SuspectedChangesRepository } from '../persistence/suspected-changes.repository.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';
import { KnownIncidentsReader } from '../projections/incidents/incidents.reader.js';
import { SuggestRollback } from './suggest-rollback.js';

/** A person confirms or rejects a suspicion. */
@Injectable()
export class JudgeSuspicion {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: SuspicionsReader,
    private readonly changes: ChangesReader,
    private readonly deployments: DeploymentsReader,
    private readonly incidents: KnownIncidentsReader,
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
      const policy = await this.askPolicy(actor, known);
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

  private async askPolicy(actor: Actor, suspected: SuspectedChange): Promise<PolicyAnswer> {
    const { changeId, deploymentId, incidentId } = suspected;
    const [change] = await this.changes.byIds(actor, [changeId]);
    const [deployment] = await this.deployments.byIds(actor, [deploymentId]);
    const incident = await this.incidents.byId(actor.tenantId, incidentId);
    if (!change || !deployment?.deployedAt || !incident) throw new Error(`${suspected.id} links what does not exist`);
    return rollbackPolicy({
      priority: incident.priority,
      certainty: 'CONFIRMED',
      ageMinutes: (this.clock.now().getTime() - deployment.deployedAt.getTime()) / 60_000,
      reversible: change.rollbackPlan !== null,
      isRollback: change.rollsBackChangeId !== null,
      isLive: deployment.state === 'SUCCEEDED',
      isIncidentOpen: incident.state === 'OPEN',
    });
  }
}

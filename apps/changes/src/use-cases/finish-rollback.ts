import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { Change } from '../domain/change.js';
import { moveDeployment, type Deployment } from '../domain/deployment.js';
import { failRollback } from '../domain/roll-back-change.js';
import { finish } from '../domain/rollback-suggestion.js';
import { ChangesRepository } from '../persistence/changes.repository.js';
import { DeploymentsReader } from '../persistence/deployments.reader.js';
import { DeploymentsRepository } from '../persistence/deployments.repository.js';
import { RollbackSuggestionsRepository } from '../persistence/rollback-suggestions.repository.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';
import { ExpireRollbacks } from './expire-rollbacks.js';

/** What the end of a rollback's deployment means: for its suggestion, and for the deployments it took back. */
@Injectable()
export class FinishRollback {
  constructor(
    private readonly reader: SuspicionsReader,
    private readonly suggestions: RollbackSuggestionsRepository,
    private readonly changes: ChangesRepository,
    private readonly deploymentsReader: DeploymentsReader,
    private readonly deployments: DeploymentsRepository,
    private readonly expireRollbacks: ExpireRollbacks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Called in the transaction that moved `deployment`; does nothing unless its change is a rollback and the deployment ended where the
   * rollback is to be done: a trial elsewhere says nothing.
   */
  async execute(actor: Actor, rollback: Change, deployment: Deployment): Promise<void> {
    const outcome = outcomeOf(deployment);
    if (rollback.rollsBackChangeId === null || outcome === null) return;
    if (deployment.environment !== rollback.environment) return;
    const now = this.clock.now();
    const suggestion = await this.reader.suggestionOfRollback(actor, rollback.id);
    const finished =
      suggestion && (await this.suggestions.change(actor, suggestion.id, (s) => finish(s, outcome, now)));
    if (outcome === 'FAILED') {
      const failed = finished?.ok && finished.value.state === 'FAILED';
      if (failed) await this.changes.change(actor, rollback.id, (change) => failRollback(change, now));
      return;
    }
    for (const taken of await this.deploymentsReader.ofChanges(actor, [rollback.rollsBackChangeId])) {
      if (!isSamePlace(taken, deployment)) continue;
      const at = deployment.deployedAt ?? now;
      await this.deployments.change(actor, taken.id, (d) => moveDeployment(d, 'ROLLED_BACK', at, now));
    }
    const reason = 'the change was rolled back for another incident';
    await this.expireRollbacks.ofChange(actor, rollback.rollsBackChangeId, reason);
  }
}

function outcomeOf({ state }: Deployment): 'SUCCEEDED' | 'FAILED' | null {
  if (state === 'SUCCEEDED') return 'SUCCEEDED';
  return state === 'FAILED' || state === 'CANCELED' ? 'FAILED' : null;
}

function isSamePlace(a: Deployment, b: Deployment): boolean {
  return a.environment === b.environment && (b.serviceId === null || a.serviceId === b.serviceId);
}

import type { Clock } from '@graphdesk/decisions';
import { systemActor, type Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { followDeployment } from '../domain/deploy-change.js';
import { moveDeployment } from '../domain/deployment.js';
import { ChangesRepository } from '../persistence/changes.repository.js';
import type { DeploymentRecord } from '../persistence/deployment.record.js';
import { DeploymentsReader } from '../persistence/deployments.reader.js';
import { DeploymentsRepository } from '../persistence/deployments.repository.js';
import { FinishRollback } from './finish-rollback.js';
import { SuspectChanges } from './suspect-changes.js';

/** All that follows when a deployment took a step: for its change, for what ran before it, and for open incidents. */
@Injectable()
export class FollowDeployment {
  constructor(
    private readonly changes: ChangesRepository,
    private readonly reader: DeploymentsReader,
    private readonly deployments: DeploymentsRepository,
    private readonly finishRollback: FinishRollback,
    private readonly suspectChanges: SuspectChanges,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called in the transaction that moved the deployment, which holds the lock of the search; returns it as it is afterwards. */
  async execute(actor: Actor, deployment: DeploymentRecord): Promise<DeploymentRecord> {
    await this.moveChange(actor, deployment);
    return this.goLive(actor, deployment);
  }

  /** What its success means for what ran there before, and for open incidents. */
  async goLive(actor: Actor, deployment: DeploymentRecord): Promise<DeploymentRecord> {
    const { serviceId, deployedAt, state } = deployment;
    if (serviceId === null || deployedAt === null || state !== 'SUCCEEDED') return deployment;
    const current = await this.takeOver(actor, { ...deployment, serviceId, deployedAt });
    await this.suspectChanges.forDeployment(systemActor('changes', actor.tenantId), deployment.id);
    return current ?? deployment;
  }

  /** What its state means for its change, and for the rollback that the change may be. */
  async moveChange(actor: Actor, deployment: DeploymentRecord): Promise<void> {
    const { id, changeId, serviceId, environment, reference, state } = deployment;
    if (changeId === null) return;
    const now = this.clock.now();
    const deployed = { id, serviceId, environment, reference, deployedAt: deployment.deployedAt ?? now };
    const followed = await this.changes.change(actor, changeId, (change) =>
      followDeployment(change, state, deployed, now),
    );
    if (followed.ok) await this.finishRollback.execute(actor, followed.value, deployment);
  }

  /** What ran there before is superseded; so is a deployment whose report comes after that of its successor. */
  private async takeOver(
    actor: Actor,
    deployment: {
      readonly id: string;
      readonly serviceId: string;
      readonly environment: string;
      readonly deployedAt: Date;
    },
  ): Promise<DeploymentRecord | null> {
    const { id, serviceId, environment, deployedAt } = deployment;
    const supersede = async (other: string, at: Date): Promise<DeploymentRecord | null> => {
      const now = this.clock.now();
      const outcome = await this.deployments.change(actor, other, (d) => moveDeployment(d, 'SUPERSEDED', at, now));
      return outcome.ok ? outcome.value : null;
    };
    let successor: Date | null = null;
    for (const other of await this.reader.neighbours(actor, serviceId, environment)) {
      if (other.id === id || other.deployedAt === null) continue;
      if (other.deployedAt > deployedAt) successor = other.deployedAt;
      else if (other.state === 'SUCCEEDED') await supersede(other.id, deployedAt);
    }
    return successor ? supersede(id, successor) : null;
  }
}

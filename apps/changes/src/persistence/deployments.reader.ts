import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import type { Candidate } from '../domain/suspect-changes.js';
import { seesChanges } from '../domain/visibility.js';
import { ChangeRecord } from './change.record.js';
import { DeploymentRecord } from './deployment.record.js';

/** At most so many deployments are weighed for one incident, the latest ones. */
const CANDIDATES = 200;

/** Every query of deployments, each with its visibility. */
@Injectable()
export class DeploymentsReader {
  constructor(private readonly database: TenantDatabase) {}

  async byIds(actor: Actor, ids: readonly string[]): Promise<DeploymentRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(DeploymentRecord, { id: In([...ids]) }));
  }

  async ofChanges(actor: Actor, changeIds: readonly string[]): Promise<DeploymentRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(DeploymentRecord, { where: { changeId: In([...changeIds]) }, order: { id: 'ASC' } }),
    );
  }

  async byExternalId(actor: Actor, origin: string, externalId: string): Promise<DeploymentRecord | null> {
    return this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(DeploymentRecord, { origin, externalId }));
  }

  /** What pipelines reported since then under a name that no service had: the first to go live first, what is not live yet last. */
  async withoutService(actor: Actor, serviceName: string, since: Date): Promise<DeploymentRecord[]> {
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(DeploymentRecord, {
        where: { serviceId: IsNull(), serviceName, reportedAt: MoreThanOrEqual(since) },
        order: { deployedAt: { direction: 'ASC', nulls: 'LAST' }, id: 'ASC' },
      }),
    );
  }

  /** Whatever went live in the same place: the deployments that a new one takes over from, or that took over from a late one. */
  async neighbours(actor: Actor, serviceId: string, environment: string): Promise<DeploymentRecord[]> {
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(DeploymentRecord, {
        where: { serviceId, environment, deployedAt: Not(IsNull()) },
        order: { deployedAt: 'DESC' },
        take: CANDIDATES,
      }),
    );
  }

  /** The deployments of these services that went live from `from` to `to`, with their changes. */
  async candidates(actor: Actor, serviceIds: readonly string[], from: Date, to: Date): Promise<Candidate[]> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      const deployments = await tx
        .createQueryBuilder(DeploymentRecord, 'deployment')
        .where('deployment.serviceId = ANY(:serviceIds)', { serviceIds })
        .andWhere('deployment.deployedAt BETWEEN :from AND :to', { from, to })
        .andWhere('deployment.changeId IS NOT NULL')
        .orderBy('deployment.deployedAt', 'DESC')
        .limit(CANDIDATES)
        .getMany();
      const changeIds = deployments.flatMap(({ changeId }) => (changeId === null ? [] : [changeId]));
      const changes = await tx.findBy(ChangeRecord, { id: In(changeIds) });
      const byId = new Map(changes.map((change) => [change.id, change]));
      return deployments.flatMap((deployment) => candidateOf(deployment, byId.get(deployment.changeId ?? '')));
    });
  }
}

function candidateOf(deployment: DeploymentRecord, change: ChangeRecord | undefined): Candidate[] {
  const { id: deploymentId, state: deploymentState, serviceId, environment, deployedAt, endedAt } = deployment;
  if (!change || serviceId === null || deployedAt === null) return [];
  const candidate = {
    ...{ deploymentId, deploymentState, serviceId, environment, deployedAt, endedAt },
    changeId: change.id,
    changeNumber: change.number,
    changeKind: change.kind,
    remedyForIncidentId: change.remedyForIncidentId,
    reversible: change.rollbackPlan !== null,
    isRollback: change.rollsBackChangeId !== null,
  };
  return [candidate];
}

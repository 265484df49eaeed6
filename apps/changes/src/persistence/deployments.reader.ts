import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThanOrEqual, Not, type EntityManager } from 'typeorm';
import { BOUND_MINUTES, RECORD_MINUTES, type Candidate, type SuspectedIn } from '../domain/suspect-changes.js';
import { seesChanges } from '../domain/visibility.js';
import { ChangeRecord } from './change.record.js';
import { DeploymentRecord } from './deployment.record.js';

/** At most so many deployments are weighed for one incident, or are looked at in one place. */
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

  /** What went live around an incident, with its change: what may be suspected, and what is worth saying why it is not. */
  async candidates(actor: Actor, incident: SuspectedIn): Promise<Candidate[]> {
    const related = [incident.serviceId, ...incident.dependsOn];
    const { before, after } = BOUND_MINUTES;
    return this.database.transaction(actor.tenantId, async (tx) => {
      const values = [related, incident.detectedAt, before, after, RECORD_MINUTES, incident.environment];
      const found = await tx.query<{ id: string }[]>(AROUND_INCIDENT, values);
      return this.withChanges(await tx.findBy(DeploymentRecord, { id: In(found.map(({ id }) => id)) }), tx);
    });
  }

  /** A deployment that went live, with its change; null while it has none. */
  async candidate(actor: Actor, id: string): Promise<Candidate | null> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      const [candidate] = await this.withChanges(await tx.findBy(DeploymentRecord, { id }), tx);
      return candidate ?? null;
    });
  }

  private async withChanges(deployments: readonly DeploymentRecord[], tx: EntityManager): Promise<Candidate[]> {
    const changeIds = deployments.flatMap(({ changeId }) => (changeId === null ? [] : [changeId]));
    const changes = await tx.findBy(ChangeRecord, { id: In(changeIds) });
    const byId = new Map(changes.map((change) => [change.id, change]));
    return deployments.flatMap((deployment) => candidateOf(deployment, byId.get(deployment.changeId ?? '')));
  }
}

/** First what may be suspected, then the rest of the service and of what it needs, then other services; each by its distance. */
const AROUND_INCIDENT = `
  SELECT id FROM (
    SELECT id, service_id = ANY($1) AS related, abs(extract(epoch FROM deployed_at - $2::timestamptz)) AS distance, environment,
      deployed_at BETWEEN $2::timestamptz - make_interval(mins => $3) AND $2::timestamptz + make_interval(mins => $4) AS in_bound
    FROM deployment
    WHERE deployed_at BETWEEN $2::timestamptz - make_interval(mins => $5) AND $2::timestamptz + make_interval(mins => $5)
      AND change_id IS NOT NULL AND service_id IS NOT NULL
  ) AS found
  WHERE related OR (in_bound AND environment = coalesce($6, environment))
  ORDER BY related AND in_bound DESC, related DESC, distance
  LIMIT ${CANDIDATES}`;

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

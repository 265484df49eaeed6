import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { rollbackPolicy, type Certainty, type PolicyAnswer } from '../domain/rollback-policy.js';
import type { SuspectedChange } from '../domain/suspected-change.js';
import { ChangesReader } from '../persistence/changes.reader.js';
import { DeploymentsReader } from '../persistence/deployments.reader.js';
import { KnownIncidentsReader } from '../projections/incidents/incidents.reader.js';

/** Asks the policy about a suspicion as things stand now. */
@Injectable()
export class AskRollbackPolicy {
  constructor(
    private readonly changes: ChangesReader,
    private readonly deployments: DeploymentsReader,
    private readonly incidents: KnownIncidentsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, suspected: SuspectedChange, certainty: Certainty): Promise<PolicyAnswer> {
    const { changeId, deploymentId, incidentId } = suspected;
    const [change] = await this.changes.byIds(actor, [changeId]);
    const [deployment] = await this.deployments.byIds(actor, [deploymentId]);
    const incident = await this.incidents.byId(actor.tenantId, incidentId);
    if (!change || !deployment?.deployedAt || !incident) throw new Error(`${suspected.id} links what does not exist`);
    return rollbackPolicy({
      priority: incident.priority,
      certainty,
      ageMinutes: (this.clock.now().getTime() - deployment.deployedAt.getTime()) / 60_000,
      reversible: change.rollbackPlan !== null,
      isRollback: change.rollsBackChangeId !== null,
      isLive: deployment.state === 'SUCCEEDED',
      isIncidentOpen: incident.state === 'OPEN',
    });
  }
}

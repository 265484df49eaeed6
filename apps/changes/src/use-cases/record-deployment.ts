import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import { moveDeployment, recordDeployment } from '../domain/deployment.js';
import type { DeploymentState } from '../domain/vocabulary.js';
import type { DeploymentRecord } from '../persistence/deployment.record.js';
import { DeploymentsReader } from '../persistence/deployments.reader.js';
import { DeploymentsRepository } from '../persistence/deployments.repository.js';
import { SuspectedChangesRepository } from '../persistence/suspected-changes.repository.js';
import { DeploymentTurns } from './deployment-turns.js';
import { FindChangeOfDeployment } from './find-change-of-deployment.js';
import { FollowDeployment } from './follow-deployment.js';

/** What a pipeline reports. */
export interface DeploymentReport {
  readonly origin: string;
  readonly externalId: string;
  readonly state: DeploymentState;
  readonly serviceName: string;
  readonly environment: string;
  readonly reference: string;
  /** Such as `CHG-12`; null when the pipeline names none. */
  readonly changeReference: string | null;
  /** When the pipeline reached the state. */
  readonly reportedAt: Date;
}

/** Records what a pipeline reports about a deployment, and all that follows from it, in one transaction. */
@Injectable()
export class RecordDeployment {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: DeploymentsReader,
    private readonly deployments: DeploymentsRepository,
    private readonly suspected: SuspectedChangesRepository,
    private readonly findChange: FindChangeOfDeployment,
    private readonly followDeployment: FollowDeployment,
    private readonly turns: DeploymentTurns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A report that is late or repeated changes nothing and returns the deployment as it is. */
  async execute(actor: Actor, report: DeploymentReport): Promise<Outcome<DeploymentRecord, ChangesRefusal>> {
    return this.turns.take(actor.tenantId, () => this.inTurn(actor, report));
  }

  /** The same for callers that have the tenant's turn already. */
  async inTurn(actor: Actor, report: DeploymentReport): Promise<Outcome<DeploymentRecord, ChangesRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      // Before any row, as everybody does who touches the rows of several deployments; and before the look at what the catalog told.
      await this.suspected.lockSearch(actor);
      await this.deployments.lockReports(actor, report.origin, report.externalId);
      const known = await this.reader.byExternalId(actor, report.origin, report.externalId);
      const recorded = known ? { ok: true as const, value: known } : await this.record(actor, report);
      if (!recorded.ok) return recorded;
      const before = recorded.value.state;
      const moved = await this.deployments.change(actor, recorded.value.id, (deployment) =>
        moveDeployment(deployment, report.state, report.reportedAt, this.clock.now()),
      );
      if (!moved.ok || moved.value.state === before) return moved;
      return { ok: true, value: await this.followDeployment.execute(actor, moved.value) };
    });
  }

  private async record(actor: Actor, report: DeploymentReport): Promise<Outcome<DeploymentRecord, ChangesRefusal>> {
    const { origin, externalId, serviceName, environment, reference, reportedAt } = report;
    const stated = { origin, externalId, serviceName, environment, reference, reportedAt };
    const blank = { ...stated, id: newId('deployment'), serviceId: null, changeId: null };
    const decision = recordDeployment(blank, actor, this.clock.now());
    if (!decision.ok) return decision;
    const place = await this.findChange.execute(actor, report);
    const state = { ...blank, ...place, state: 'PENDING' as const, deployedAt: null, endedAt: null };
    const taken = refuse('INVALID_INPUT' as const, 'the deployment was recorded already');
    return this.deployments.create(actor, state, decision.facts, taken);
  }
}

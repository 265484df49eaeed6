import { TenantDatabase } from '@graphdesk/database';
import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { takesDeployments } from '../domain/deploy-change.js';
import { ADOPTION_HOURS, identifyService } from '../domain/deployment.js';
import { ChangesReader } from '../persistence/changes.reader.js';
import type { DeploymentRecord } from '../persistence/deployment.record.js';
import { DeploymentsReader } from '../persistence/deployments.reader.js';
import { DeploymentsRepository } from '../persistence/deployments.repository.js';
import { SuspectedChangesRepository } from '../persistence/suspected-changes.repository.js';
import { FindChangeOfDeployment } from './find-change-of-deployment.js';
import { FollowDeployment } from './follow-deployment.js';

const HOUR_MS = 3_600_000;

/** Deployments that came before the catalog's news of their service end where they would be, had the news been in time. */
@Injectable()
export class AdoptDeployments {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: DeploymentsReader,
    private readonly changes: ChangesReader,
    private readonly deployments: DeploymentsRepository,
    private readonly suspected: SuspectedChangesRepository,
    private readonly findChange: FindChangeOfDeployment,
    private readonly followDeployment: FollowDeployment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The deployments that were reported under the service's key in the last 24 hours and have no service yet. */
  async execute(actor: Actor, service: { readonly id: string; readonly key: string }): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      // Reports take the same lock before they look the service up, so that none is missed by both.
      await this.suspected.lockSearch(actor);
      const since = new Date(this.clock.now().getTime() - ADOPTION_HOURS * HOUR_MS);
      const live: DeploymentRecord[] = [];
      for (const deployment of await this.reader.withoutService(actor, service.key, since)) {
        const adopted = await this.adopt(actor, deployment, service.id);
        // What went live once is followed as such, whatever became of it since.
        const followed = adopted.deployedAt === null ? adopted : { ...adopted, state: 'SUCCEEDED' as const };
        await this.followDeployment.moveChange(actor, followed);
        live.push(followed);
      }
      // The latest first: it supersedes the others before anybody suspects them.
      for (const deployment of live.reverse()) await this.followDeployment.goLive(actor, deployment);
    });
  }

  private async adopt(actor: Actor, deployment: DeploymentRecord, serviceId: string): Promise<DeploymentRecord> {
    const changeId =
      (await this.changeNamedBy(actor, deployment)) ?? (await this.changeFor(actor, deployment, serviceId));
    const now = this.clock.now();
    const outcome = await this.deployments.change(actor, deployment.id, (d) =>
      identifyService(d, { serviceId, changeId }, now),
    );
    if (!outcome.ok) throw new Error(`${deployment.id} could not be adopted: ${outcome.message}`);
    return outcome.value;
  }

  /** The change that the pipeline named, unless it has become history. */
  private async changeNamedBy(actor: Actor, { changeId }: DeploymentRecord): Promise<string | null> {
    const [named] = changeId === null ? [] : await this.changes.byIds(actor, [changeId]);
    return named && takesDeployments(named) ? named.id : null;
  }

  private changeFor(actor: Actor, deployment: DeploymentRecord, serviceId: string): Promise<string> {
    const { environment, reference } = deployment;
    return this.findChange.ofService(actor, { environment, reference, serviceId });
  }
}

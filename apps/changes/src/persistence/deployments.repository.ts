import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { DeploymentFact } from '../domain/deployment.js';
import { publishDeployment } from '../published-events.js';
import { DeploymentRecord } from './deployment.record.js';

/** The only writer of deployments. */
@Injectable()
export class DeploymentsRepository extends WritePath<DeploymentRecord, DeploymentFact> {
  constructor(
    private readonly tenants: TenantDatabase,
    outbox: Outbox,
  ) {
    super(tenants, outbox, DeploymentRecord, publishDeployment);
  }

  /** Until the transaction ends, nobody else takes reports of this deployment: it is recorded once, and its change opened once. */
  async lockReports(actor: Actor, origin: string, externalId: string): Promise<void> {
    await this.tenants.transaction(actor.tenantId, (tx) =>
      tx.query(`SELECT pg_advisory_xact_lock(hashtext('deployment'), hashtext($1))`, [`${origin}/${externalId}`]),
    );
  }
}

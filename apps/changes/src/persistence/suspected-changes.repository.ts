import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { SuspicionFact } from '../domain/suspected-change.js';
import { publishSuspicion } from '../published-events.js';
import { SuspectedChangeRecord } from './suspected-change.record.js';

/** The only writer of suspicions. */
@Injectable()
export class SuspectedChangesRepository extends WritePath<SuspectedChangeRecord, SuspicionFact> {
  constructor(
    private readonly tenants: TenantDatabase,
    outbox: Outbox,
  ) {
    super(tenants, outbox, SuspectedChangeRecord, publishSuspicion);
  }

  /**
   * Until the transaction ends, nobody else of this tenant looks for suspects or brings something live. Without it, a deployment and
   * an incident that commit at the same moment would each look before the other is there, and never be linked; and of two
   * deployments neither would supersede the other.
   */
  async lockSearch(actor: Actor): Promise<void> {
    await this.tenants.transaction(actor.tenantId, (tx) =>
      tx.query(`SELECT pg_advisory_xact_lock(hashtext('suspect-changes'), hashtext($1))`, [actor.tenantId]),
    );
  }
}

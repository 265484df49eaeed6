import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { TenantFact } from '../domain/catalog-facts.js';
import { publishTenant } from '../published-events.js';
import { TenantRecord } from './tenant.record.js';

/** The only writer of tenants. */
@Injectable()
export class TenantsRepository extends WritePath<TenantRecord, TenantFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, TenantRecord, publishTenant);
  }
}

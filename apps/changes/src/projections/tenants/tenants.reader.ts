import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { KnownTenantRecord } from './known-tenant.record.js';

/** The catalog's tenants as this service knows them; a moment behind the catalog. */
@Injectable()
export class KnownTenantsReader {
  constructor(private readonly database: TenantDatabase) {}

  /** Whether the catalog told of the tenant. */
  isKnown(tenantId: string): Promise<boolean> {
    return this.database.transaction(tenantId, (tx) => tx.existsBy(KnownTenantRecord, { id: tenantId }));
  }
}

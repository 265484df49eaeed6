import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { TenantRecord } from './tenant.record.js';

/** The only way to read our copy of the tenant's settings. */
@Injectable()
export class TenantsReader {
  constructor(private readonly database: TenantDatabase) {}

  /** The tenant's settings; null until the catalog told of it. */
  async settings(tenantId: string): Promise<TenantRecord | null> {
    return this.database.transaction(tenantId, (tx) => tx.findOneBy(TenantRecord, { id: tenantId }));
  }
}

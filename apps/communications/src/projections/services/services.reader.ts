import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { ServiceRecord } from './service.record.js';

/** What this service knows of the catalog. */
@Injectable()
export class ServicesReader {
  constructor(private readonly database: TenantDatabase) {}

  async service(actor: Actor, id: string): Promise<ServiceRecord | null> {
    return this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(ServiceRecord, { id }));
  }
}

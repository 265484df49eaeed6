import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { KnownServiceRecord } from './known-service.record.js';

/** The catalog's services as this service knows them; a moment behind the catalog. */
@Injectable()
export class KnownServicesReader {
  constructor(private readonly database: TenantDatabase) {}

  byKey(tenantId: string, key: string): Promise<KnownServiceRecord | null> {
    return this.database.transaction(tenantId, (tx) => tx.findOneBy(KnownServiceRecord, { key }));
  }

  byIds(tenantId: string, ids: readonly string[]): Promise<KnownServiceRecord[]> {
    return this.database.transaction(tenantId, (tx) => tx.findBy(KnownServiceRecord, { id: In([...ids]) }));
  }
}

import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ServiceRecord } from './service.record.js';

/** The only way to read our copy of the catalog's services. */
@Injectable()
export class ServicesReader {
  constructor(private readonly database: TenantDatabase) {}

  async byId(tenantId: string, id: string): Promise<ServiceRecord | null> {
    return this.database.transaction(tenantId, (tx) => tx.findOneBy(ServiceRecord, { id }));
  }

  async byIds(tenantId: string, ids: readonly string[]): Promise<ServiceRecord[]> {
    return this.database.transaction(tenantId, (tx) => tx.findBy(ServiceRecord, { id: In([...ids]) }));
  }

  /** Services by what alerts call them. */
  async byKeys(tenantId: string, keys: readonly string[]): Promise<ReadonlyMap<string, ServiceRecord>> {
    const services = await this.database.transaction(tenantId, (tx) =>
      tx.findBy(ServiceRecord, { key: In([...keys]) }),
    );
    return new Map(services.map((service) => [service.key, service]));
  }
}

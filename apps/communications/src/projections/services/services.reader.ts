import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ServiceRecord } from './service.record.js';

/** What this service knows of the catalog. */
@Injectable()
export class ServicesReader {
  constructor(private readonly database: TenantDatabase) {}

  async service(actor: Actor, id: string): Promise<ServiceRecord | null> {
    return this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(ServiceRecord, { id }));
  }

  /** The first of these ids that belongs to no known service, if there is one. */
  async firstUnknown(actor: Actor, ids: readonly string[]): Promise<string | undefined> {
    if (ids.length === 0) return undefined;
    const known = await this.database.transaction(actor.tenantId, (tx) =>
      tx.findBy(ServiceRecord, { id: In([...ids]) }),
    );
    return ids.find((id) => !known.some((service) => service.id === id));
  }
}

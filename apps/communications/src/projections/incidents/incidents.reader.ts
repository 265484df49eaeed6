import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { IncidentRecord } from './incident.record.js';

/** What this service knows of incidents. */
@Injectable()
export class IncidentsReader {
  constructor(private readonly database: TenantDatabase) {}

  async incident(actor: Actor, id: string): Promise<IncidentRecord | null> {
    return this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(IncidentRecord, { id }));
  }

  /** An incident, held until the transaction ends: what is due for it is decided by one event at a time. */
  async hold(actor: Actor, id: string): Promise<IncidentRecord | null> {
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.findOne(IncidentRecord, { where: { id }, lock: { mode: 'pessimistic_write' } }),
    );
  }
}

import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { seesChanges } from '../domain/visibility.js';
import { ChangeIncidentRecord } from './change-incident.record.js';

/** What changes have to do with incidents, each query with its visibility: that of changes. */
@Injectable()
export class ChangeIncidentsReader {
  constructor(private readonly database: TenantDatabase) {}

  async ofChanges(actor: Actor, changeIds: readonly string[]): Promise<ChangeIncidentRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(ChangeIncidentRecord, { where: { changeId: In([...changeIds]) }, order: { incidentId: 'ASC' } }),
    );
  }

  async ofIncidents(actor: Actor, incidentIds: readonly string[]): Promise<ChangeIncidentRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(ChangeIncidentRecord, { where: { incidentId: In([...incidentIds]) }, order: { changeId: 'ASC' } }),
    );
  }
}

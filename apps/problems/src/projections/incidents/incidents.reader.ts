import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { IncidentRecord } from './incident.record.js';

/** An incident of the same kind as another. */
export interface SimilarIncident {
  /** The incident that was asked about. */
  readonly similarTo: string;
  readonly incidentId: string;
  readonly declaredAt: Date;
}

/** What this service knows of incidents. Who may ask is decided by the callers' permission table. */
@Injectable()
export class IncidentsReader {
  constructor(private readonly database: TenantDatabase) {}

  async incidents(actor: Actor, ids: readonly string[]): Promise<IncidentRecord[]> {
    if (ids.length === 0) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(IncidentRecord, { id: In([...ids]) }));
  }

  /** For each incident, the newest others of its service and signature: `limit` at most. */
  async similar(actor: Actor, ids: readonly string[], limit: number): Promise<SimilarIncident[]> {
    if (ids.length === 0) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.query<SimilarIncident[]>(
        `SELECT i.id AS "similarTo", o.id AS "incidentId", o.declared_at AS "declaredAt"
         FROM incident i CROSS JOIN LATERAL (
           SELECT id, declared_at FROM incident
           WHERE service_id = i.service_id AND signature = i.signature AND id <> i.id AND NOT canceled
           ORDER BY declared_at DESC, id DESC LIMIT $2
         ) o WHERE i.id = ANY ($1) ORDER BY o.declared_at DESC, o.id DESC`,
        [[...ids], limit],
      ),
    );
  }
}

import { nextNumber, TenantDatabase } from '@graphdesk/database';
import { refuse, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { incidentWork } from '../domain/incident-work.js';
import type { IncidentFact } from '../domain/incident-facts.js';
import type { NewIncident } from '../domain/report.js';
import { publishIncident } from '../published-events.js';
import { IncidentRecord } from './incident.record.js';

/** The only writer of incidents. */
@Injectable()
export class IncidentsRepository extends WritePath<IncidentRecord, IncidentFact> {
  constructor(
    private readonly tenants: TenantDatabase,
    outbox: Outbox,
  ) {
    super(tenants, outbox, IncidentRecord, publishIncident, incidentWork);
  }

  /** Stores a new incident under the tenant's next number. Refuses when an open one of its kind exists. */
  async log(
    actor: Actor,
    id: string,
    incident: NewIncident,
    facts: readonly IncidentFact[],
  ): Promise<Outcome<IncidentRecord, 'OPEN_INCIDENT_EXISTS'>> {
    return this.tenants.transaction(actor.tenantId, async (tx) => {
      const number = await nextNumber(tx, actor.tenantId, 'incident');
      const taken = refuse('OPEN_INCIDENT_EXISTS', 'its alerts already have an open incident');
      return this.create(actor, { ...incident, id, number }, facts, taken);
    });
  }

  /**
   * These incidents as they are now, by id; until the end of the transaction under way nobody else changes them. Locked in the order of
   * ids, as everybody does who changes several.
   */
  async hold(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, IncidentRecord>> {
    const rows = await this.tenants.transaction(tenantId, (tx) =>
      tx.find(IncidentRecord, {
        where: { id: In([...ids]) },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      }),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Until the end of the transaction under way nobody else decides about incidents of these kinds. Taken before any row is
   * locked and in one order, so two deliveries wait for each other instead of running into each other.
   */
  async lockKinds(tenantId: string, dedupKeys: readonly string[]): Promise<void> {
    await this.tenants.transaction(tenantId, (tx) =>
      tx.query(
        `SELECT pg_advisory_xact_lock(lock) FROM (
           SELECT DISTINCT hashtextextended($1 || ' ' || key, 0) AS lock FROM unnest($2::text[]) AS key ORDER BY 1
         ) AS ordered`,
        [tenantId, dedupKeys],
      ),
    );
  }
}

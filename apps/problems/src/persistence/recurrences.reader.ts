import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RecurringIncident } from '../domain/recurrence.js';

interface Row extends Omit<RecurringIncident, 'problem'> {
  readonly problemId: string | null;
  readonly open: boolean | null;
}

/** Incidents with the problems they belong to, held until the transaction ends: what is decided about them is decided once. */
@Injectable()
export class RecurrencesReader {
  constructor(private readonly database: TenantDatabase) {}

  /** An incident and all others of its kind, canceled ones left out; the kind is held, so two of a kind are judged one after the other. */
  async holdKindOf(
    actor: Actor,
    incidentId: string,
  ): Promise<{ readonly incident: RecurringIncident; readonly others: readonly RecurringIncident[] } | null> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      const [asked] = await tx.query<{ serviceId: string | null; signature: string | null }[]>(
        'SELECT service_id AS "serviceId", signature FROM incident WHERE id = $1',
        [incidentId],
      );
      if (!asked || asked.serviceId === null || asked.signature === null) return null;
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        JSON.stringify([actor.tenantId, asked.serviceId, asked.signature]),
      ]);
      const kind = await this.hold(tx, 'i.service_id = $1 AND i.signature = $2', [asked.serviceId, asked.signature]);
      const incident = kind.find(({ id }) => id === incidentId);
      return incident ? { incident, others: kind.filter((one) => one !== incident) } : null;
    });
  }

  /** These incidents, held so that nobody links them meanwhile; unknown ones are missing. */
  async holdIncidents(actor: Actor, ids: readonly string[]): Promise<readonly RecurringIncident[]> {
    if (ids.length === 0) return [];
    return this.database.transaction(actor.tenantId, (tx) => this.hold(tx, 'i.id = ANY ($1)', [[...ids]]));
  }

  private async hold(
    tx: EntityManager,
    condition: string,
    values: readonly unknown[],
  ): Promise<readonly RecurringIncident[]> {
    await tx.query(`SELECT 1 FROM incident i WHERE ${condition} ORDER BY i.id FOR NO KEY UPDATE`, [...values]);
    const rows = await tx.query<Row[]>(
      `SELECT i.id, i.service_id AS "serviceId", i.signature, i.declared_at AS "declaredAt",
              p.id AS "problemId", p.state <> 'CLOSED' AS open
       FROM incident i LEFT JOIN problem_incident l ON l.incident_id = i.id LEFT JOIN problem p ON p.id = l.problem_id
       WHERE NOT i.canceled AND ${condition} ORDER BY i.id`,
      [...values],
    );
    return rows.map(({ problemId, open, ...incident }) => ({
      ...incident,
      problem: problemId === null ? null : { id: problemId, open: open === true },
    }));
  }
}

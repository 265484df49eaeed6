import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RECURRENCE, type RecurringIncident } from '../domain/recurrence.js';

/** At most so many incidents without a problem are judged with a new one, the latest ones: the second of a kind has one already. */
const JUDGED_AT_ONCE = 100;

interface Row extends Omit<RecurringIncident, 'problem'> {
  readonly problemId: string | null;
  readonly open: boolean | null;
}

interface Kind {
  readonly serviceId: string | null;
  readonly signature: string | null;
  readonly declaredAt: Date;
}

/** Incidents with the problems they belong to, held until the transaction ends: what is decided about them is decided once. */
@Injectable()
export class RecurrencesReader {
  constructor(private readonly database: TenantDatabase) {}

  /**
   * An incident and the others of its kind that its judgement takes, canceled ones left out: one of the first open problem, however old,
   * and those near it that have no problem. The kind is held, so two of a kind are judged one after the other.
   */
  async holdKindOf(
    actor: Actor,
    incidentId: string,
  ): Promise<{ readonly incident: RecurringIncident; readonly others: readonly RecurringIncident[] } | null> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      const [asked] = await tx.query<Kind[]>(
        'SELECT service_id AS "serviceId", signature, declared_at AS "declaredAt" FROM incident WHERE id = $1',
        [incidentId],
      );
      if (!asked || asked.serviceId === null || asked.signature === null) return null;
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        JSON.stringify([actor.tenantId, asked.serviceId, asked.signature]),
      ]);
      const alike = [...(await this.oneOfOpenProblem(tx, asked)), ...(await this.nearWithoutProblem(tx, asked))];
      const kind = await this.hold(tx, [incidentId, ...alike]);
      const incident = kind.find(({ id }) => id === incidentId);
      return incident ? { incident, others: kind.filter((one) => one !== incident) } : null;
    });
  }

  /** These incidents, held so that nobody links them meanwhile; unknown ones are missing. */
  async holdIncidents(actor: Actor, ids: readonly string[]): Promise<readonly RecurringIncident[]> {
    if (ids.length === 0) return [];
    return this.database.transaction(actor.tenantId, (tx) => this.hold(tx, ids));
  }

  private async oneOfOpenProblem(tx: EntityManager, { serviceId, signature }: Kind): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT i.id FROM problem p CROSS JOIN LATERAL (
         SELECT i.id FROM problem_incident l JOIN incident i ON i.id = l.incident_id
         WHERE l.problem_id = p.id AND i.service_id = $1 AND i.signature = $2 AND NOT i.canceled LIMIT 1
       ) i WHERE p.state <> 'CLOSED' ORDER BY p.id LIMIT 1`,
      [serviceId, signature],
    );
    return rows.map(({ id }) => id);
  }

  private async nearWithoutProblem(tx: EntityManager, { serviceId, signature, declaredAt }: Kind): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT i.id FROM incident i
       WHERE i.service_id = $1 AND i.signature = $2 AND NOT i.canceled
         AND i.declared_at BETWEEN $3::timestamptz - make_interval(days => $4) AND $3::timestamptz + make_interval(days => $4)
         AND NOT EXISTS (SELECT 1 FROM problem_incident l WHERE l.incident_id = i.id)
       ORDER BY i.declared_at DESC, i.id DESC LIMIT $5`,
      [serviceId, signature, declaredAt, RECURRENCE.withinDays, JUDGED_AT_ONCE],
    );
    return rows.map(({ id }) => id);
  }

  private async hold(tx: EntityManager, ids: readonly string[]): Promise<readonly RecurringIncident[]> {
    const values = [[...new Set(ids)]];
    await tx.query('SELECT 1 FROM incident i WHERE i.id = ANY ($1) ORDER BY i.id FOR NO KEY UPDATE', values);
    const rows = await tx.query<Row[]>(
      `SELECT i.id, i.service_id AS "serviceId", i.signature, i.declared_at AS "declaredAt",
              p.id AS "problemId", p.state <> 'CLOSED' AS open
       FROM incident i LEFT JOIN problem_incident l ON l.incident_id = i.id LEFT JOIN problem p ON p.id = l.problem_id
       WHERE NOT i.canceled AND i.id = ANY ($1) ORDER BY i.id`,
      values,
    );
    return rows.map(({ problemId, open, ...incident }) => ({
      ...incident,
      problem: problemId === null ? null : { id: problemId, open: open === true },
    }));
  }
}

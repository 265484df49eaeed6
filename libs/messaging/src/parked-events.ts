import { envelopeSchema, type EventEnvelope } from '@graphdesk/contracts';
import type { EntityManager } from 'typeorm';

/**
 * Why an event waits: for an earlier one, for a build that knows its contract, because its reactions keep failing, because the
 * process ended under it again and again, or for a rebuild of the projections to end.
 */
export type ParkReason = 'PARK_GAP' | 'PARK_UNKNOWN' | 'PARK_FAILED' | 'PARK_KILLED' | 'PARK_REBUILD';

/** An event that waits. */
export interface Parked {
  readonly event: EventEnvelope;
  readonly reason: ParkReason;
}

/** The events of one consumer that wait, in their own tables and in the caller's transactions. */
export class ParkedEvents {
  constructor(
    private readonly consumer: string,
    private readonly onParked: (event: EventEnvelope, reason: ParkReason) => void,
  ) {}

  /** The one of the aggregate that must be applied before all others that wait. */
  async first(tx: EntityManager, aggregateId: string): Promise<Parked | undefined> {
    const [row] = await tx.query<{ envelope: unknown; reason: ParkReason }[]>(
      `SELECT envelope, reason FROM inbox_pending WHERE consumer = $1 AND aggregate_id = $2
       ORDER BY aggregate_version LIMIT 1`,
      [this.consumer, aggregateId],
    );
    return row && { event: envelopeSchema.parse(row.envelope), reason: row.reason };
  }

  /** An event that waits already goes on waiting; what its tries have shown becomes its reason. */
  async add(tx: EntityManager, event: EventEnvelope, reason: ParkReason): Promise<void> {
    const changed = await tx.query<unknown[]>(
      `INSERT INTO inbox_pending AS p (consumer, event_id, tenant_id, aggregate_id, aggregate_version, reason, envelope)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (consumer, event_id) DO UPDATE SET reason = excluded.reason
       WHERE p.reason <> excluded.reason AND excluded.reason IN ('PARK_FAILED', 'PARK_KILLED') RETURNING p.event_id`,
      [this.consumer, event.id, event.tenantid, event.subject, event.subjectversion, reason, JSON.stringify(event)],
    );
    if (changed.length > 0) this.onParked(event, reason);
  }

  async remove(tx: EntityManager, event: EventEnvelope): Promise<void> {
    await tx.query('DELETE FROM inbox_pending WHERE consumer = $1 AND event_id = $2', [this.consumer, event.id]);
  }
}

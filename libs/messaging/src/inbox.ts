import { contractOf, envelopeSchema, type EventEnvelope } from '@graphdesk/contracts';
import type { TenantDatabase } from '@graphdesk/database';
import type { EntityManager } from 'typeorm';
import { admit } from './admission.js';
import { withCause } from './cause.js';
import { failpoint } from './failpoint.js';
import { MAY_APPLY } from './rebuild-gate.js';
import type { Reaction } from './reaction.js';

/**
 * Why an event waits: for an earlier one, for a build that knows its contract, because its reactions keep failing, or for a rebuild
 * of the projections to end.
 */
export type ParkReason = 'PARK_GAP' | 'PARK_UNKNOWN' | 'PARK_FAILED' | 'PARK_REBUILD';

/** What became of a delivered event. */
export type Taken = 'APPLIED' | 'DROPPED' | 'PARKED';

/**
 * Applies each event exactly once per consumer: its effects, its inbox row and the aggregate's new position are one
 * transaction. Events come in any order and any number of times; they take effect in version order.
 */
export class Inbox {
  private readonly reactions: ReadonlyMap<string, readonly Reaction[]>;

  /** `consumer` names this reader of one aggregate type, such as `changes:incidents.incident`. */
  constructor(
    readonly consumer: string,
    private readonly database: TenantDatabase,
    reactions: readonly Reaction[],
  ) {
    const types = new Set(reactions.map((reaction) => reaction.contract.type));
    this.reactions = new Map([...types].map((type) => [type, reactions.filter((r) => r.contract.type === type)]));
  }

  /** Takes an event: applies it, and then what waited for it, each in a transaction of its own. */
  async take(event: EventEnvelope): Promise<Taken> {
    const { taken, more } = await this.database.transaction(event.tenantid, (tx) => this.takeOne(tx, event));
    // What waited and still cannot be applied must not undo what it waited for; the gap healer tries it again.
    if (more) await this.resume(event.tenantid, event.subject).catch(() => undefined);
    return taken;
  }

  /**
   * Applies whatever waits for this aggregate and may now be applied, in order and each by itself: for example after an upgrade
   * that knows more contracts. Throws when one of them cannot be applied; those before it stay applied.
   */
  async resume(tenantId: string, aggregateId: string): Promise<void> {
    const next = (): Promise<boolean> =>
      this.database.transaction(tenantId, (tx) => this.takeParked(tx, tenantId, aggregateId));
    while (await next());
  }

  /** Sets an event aside that failed again and again, with everything after it; others of other aggregates go on. */
  async setAside(event: EventEnvelope): Promise<void> {
    await this.database.transaction(event.tenantid, (tx) => this.park(tx, event, 'PARK_FAILED'));
  }

  private async takeOne(tx: EntityManager, event: EventEnvelope): Promise<{ taken: Taken; more: boolean }> {
    const last = await this.lockPosition(tx, event);
    const admission = last === undefined ? 'PARK_REBUILD' : admit(versionOf(event), last);
    switch (admission) {
      case 'DROP':
        return { taken: 'DROPPED', more: false };
      case 'PARK_GAP':
      case 'PARK_UNKNOWN':
      case 'PARK_REBUILD':
        await this.park(tx, event, admission);
        return { taken: 'PARKED', more: false };
      case 'APPLY': {
        await this.apply(tx, event);
        const more = (await this.firstParked(tx, event.subject)) !== undefined;
        failpoint('consumer.before-commit');
        return { taken: 'APPLIED', more };
      }
    }
  }

  /** The oldest parked event of the aggregate, if it may be applied now; true when there may be another. */
  private async takeParked(tx: EntityManager, tenantId: string, aggregateId: string): Promise<boolean> {
    const last = await this.lockPosition(tx, { tenantid: tenantId, subject: aggregateId });
    if (last === undefined) return false;
    const event = await this.firstParked(tx, aggregateId);
    if (!event) return false;
    const admission = admit(versionOf(event), last);
    if (admission === 'PARK_GAP' || admission === 'PARK_UNKNOWN') return false;
    if (admission === 'APPLY') await this.apply(tx, event);
    await tx.query('DELETE FROM inbox_pending WHERE consumer = $1 AND event_id = $2', [this.consumer, event.id]);
    return true;
  }

  private async firstParked(tx: EntityManager, aggregateId: string): Promise<EventEnvelope | undefined> {
    const [row] = await tx.query<{ envelope: unknown }[]>(
      `SELECT envelope FROM inbox_pending WHERE consumer = $1 AND aggregate_id = $2 ORDER BY aggregate_version LIMIT 1`,
      [this.consumer, aggregateId],
    );
    return row && envelopeSchema.parse(row.envelope);
  }

  /** The last version applied, its row locked: one event of an aggregate at a time, over all replicas. Undefined during a rebuild. */
  private async lockPosition(
    tx: EntityManager,
    event: Pick<EventEnvelope, 'tenantid' | 'subject'>,
  ): Promise<number | undefined> {
    const key = [this.consumer, event.subject];
    const [gate] = await tx.query<{ open: boolean }[]>(BE_BORN, [...key, event.tenantid]);
    if (!gate?.open) return undefined;
    const [row] = await tx.query<{ version: number }[]>(
      'SELECT version FROM inbox_position WHERE consumer = $1 AND aggregate_id = $2 FOR UPDATE',
      key,
    );
    if (!row) throw new Error(`the position of ${event.subject} is held by another tenant`);
    return row.version;
  }

  private async apply(tx: EntityManager, event: EventEnvelope): Promise<void> {
    await withCause(
      {
        correlationId: event.correlationid,
        causationId: event.id,
        ...(event.traceparent && { traceparent: event.traceparent }),
      },
      async () => {
        for (const reaction of this.reactions.get(event.type) ?? []) await reaction.handle(event, tx);
      },
    );
    await tx.query('INSERT INTO inbox (consumer, event_id, tenant_id) VALUES ($1, $2, $3)', [
      this.consumer,
      event.id,
      event.tenantid,
    ]);
    await tx.query('UPDATE inbox_position SET version = $3 WHERE consumer = $1 AND aggregate_id = $2', [
      this.consumer,
      event.subject,
      event.subjectversion,
    ]);
  }

  private async park(tx: EntityManager, event: EventEnvelope, reason: ParkReason): Promise<void> {
    await tx.query(
      `INSERT INTO inbox_pending (consumer, event_id, tenant_id, aggregate_id, aggregate_version, reason, envelope)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [this.consumer, event.id, event.tenantid, event.subject, event.subjectversion, reason, JSON.stringify(event)],
    );
  }
}

/** The gate and the position's row in one statement: the normal way must not pay for rebuilds. */
const BE_BORN = `
WITH gate AS MATERIALIZED (
  SELECT ${MAY_APPLY} AS open
), born AS (
  INSERT INTO inbox_position (consumer, aggregate_id, tenant_id, version)
  SELECT $1, $2, $3, 0 FROM gate WHERE open
  ON CONFLICT DO NOTHING
)
SELECT open FROM gate`;

function versionOf(event: EventEnvelope): { version: number; known: boolean } {
  return { version: event.subjectversion, known: contractOf(event.type) !== undefined };
}

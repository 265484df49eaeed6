import type { EventEnvelope } from '@graphdesk/contracts';
import type { EntityManager } from 'typeorm';
import { MAY_APPLY } from './rebuild-gate.js';

/** How far a consumer is with an aggregate, its row locked until the transaction ends. */
export interface Position {
  /** The last version that it applied. */
  readonly version: number;
  /** Whether the event asked about is parked because it ended the process. */
  readonly quarantined: boolean;
}

/**
 * The consumer's position at the event's aggregate, its row locked: one event of an aggregate at a time, over all replicas.
 * Undefined during a rebuild. One statement for an aggregate that is known, which is the normal case.
 */
export async function lockPosition(
  tx: EntityManager,
  consumer: string,
  event: Pick<EventEnvelope, 'tenantid' | 'subject'> & { readonly id?: string },
): Promise<Position | undefined> {
  const known = await lockKnown(tx, consumer, event);
  if (known) return known.open ? known : undefined;
  const [gate] = await tx.query<{ open: boolean }[]>(BE_BORN, [consumer, event.subject, event.tenantid]);
  if (!gate?.open) return undefined;
  const born = await lockKnown(tx, consumer, event);
  if (!born) throw new Error(`the position of ${event.subject} is held by another tenant`);
  return born;
}

async function lockKnown(
  tx: EntityManager,
  consumer: string,
  event: { readonly subject: string; readonly id?: string },
): Promise<(Position & { readonly open: boolean }) | undefined> {
  const [row] = await tx.query<(Position & { readonly open: boolean })[]>(LOCK, [
    consumer,
    event.subject,
    event.id ?? null,
  ]);
  return row;
}

/** Writes, beside the effects of an event, that the consumer has applied it. True when others of the aggregate wait. */
export async function markApplied(tx: EntityManager, consumer: string, event: EventEnvelope): Promise<boolean> {
  const [row] = await tx.query<{ more: boolean }[]>(MARK_APPLIED, [
    consumer,
    event.id,
    event.tenantid,
    event.subject,
    event.subjectversion,
  ]);
  return row?.more === true;
}

/** The gate comes before the lock; the normal way must not pay for rebuilds with a statement of its own. */
const LOCK = `
WITH gate AS MATERIALIZED (
  SELECT ${MAY_APPLY} AS open
)
SELECT gate.open, p.version,
  EXISTS (SELECT FROM inbox_pending k WHERE k.consumer = $1 AND k.event_id = $3 AND k.reason = 'PARK_KILLED') AS quarantined
FROM gate, inbox_position p WHERE p.consumer = $1 AND p.aggregate_id = $2 FOR UPDATE OF p`;

const BE_BORN = `
WITH gate AS MATERIALIZED (
  SELECT ${MAY_APPLY} AS open
), born AS (
  INSERT INTO inbox_position (consumer, aggregate_id, tenant_id, version)
  SELECT $1, $2, $3, 0 FROM gate WHERE open
  ON CONFLICT DO NOTHING
)
SELECT open FROM gate`;

/** The mark, the position, the end of what the books say of tries in vain, and whether anything waits: behind the lock, so nobody can have parked it since. */
const MARK_APPLIED = `
WITH closed AS (
  DELETE FROM inbox_attempt WHERE consumer = $1 AND event_id = $2
), marked AS (
  INSERT INTO inbox (consumer, event_id, tenant_id) VALUES ($1, $2, $3)
), moved AS (
  UPDATE inbox_position SET version = $5 WHERE consumer = $1 AND aggregate_id = $4
)
SELECT EXISTS (SELECT FROM inbox_pending WHERE consumer = $1 AND aggregate_id = $4) AS more`;

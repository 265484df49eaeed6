import type { EventEnvelope } from '@graphdesk/contracts';
import type { EntityManager } from 'typeorm';
import { MAY_APPLY } from './rebuild-gate.js';

/**
 * The last version of the event's aggregate that the consumer applied, its row locked: one event of an aggregate at a time, over
 * all replicas. Undefined during a rebuild.
 */
export async function lockPosition(
  tx: EntityManager,
  consumer: string,
  event: Pick<EventEnvelope, 'tenantid' | 'subject'>,
): Promise<number | undefined> {
  const key = [consumer, event.subject];
  const [gate] = await tx.query<{ open: boolean }[]>(BE_BORN, [...key, event.tenantid]);
  if (!gate?.open) return undefined;
  const [row] = await tx.query<{ version: number }[]>(
    'SELECT version FROM inbox_position WHERE consumer = $1 AND aggregate_id = $2 FOR UPDATE',
    key,
  );
  if (!row) throw new Error(`the position of ${event.subject} is held by another tenant`);
  return row.version;
}

/** Writes, beside the effects of an event, that the consumer has applied it. */
export async function markApplied(tx: EntityManager, consumer: string, event: EventEnvelope): Promise<void> {
  await tx.query(MARK_APPLIED, [consumer, event.id, event.tenantid]);
  await tx.query('UPDATE inbox_position SET version = $3 WHERE consumer = $1 AND aggregate_id = $2', [
    consumer,
    event.subject,
    event.subjectversion,
  ]);
}

/** The mark, and the end of what the books say of tries in vain. */
const MARK_APPLIED = `
WITH closed AS (DELETE FROM inbox_attempt WHERE consumer = $1 AND event_id = $2)
INSERT INTO inbox (consumer, event_id, tenant_id) VALUES ($1, $2, $3)`;

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

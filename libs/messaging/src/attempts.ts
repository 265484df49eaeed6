import type { EventEnvelope } from '@graphdesk/contracts';
import type { TenantDatabase } from '@graphdesk/database';
import { failureOf } from './failure.js';
import type { History } from './precaution.js';

/**
 * The books on events that did not take effect at once, one row per event and consumer. Each entry is a short transaction of its
 * own, so it outlives the try; the effect's transaction removes the row. Events that pass at once are never entered.
 */
export class Attempts {
  constructor(
    readonly consumer: string,
    private readonly database: TenantDatabase,
  ) {}

  async of(event: EventEnvelope): Promise<History | undefined> {
    const query = 'SELECT tries, unfinished FROM inbox_attempt WHERE consumer = $1 AND event_id = $2';
    const [row] = await this.run<History>(event, query, [this.consumer, event.id]);
    return row;
  }

  /** Enters that a try begins. False, and nothing is entered, when the event is not the next one of its aggregate. */
  async begin(event: EventEnvelope): Promise<boolean> {
    const [row] = await this.run(
      event,
      `INSERT INTO inbox_attempt AS a (consumer, event_id, tenant_id, tries, unfinished)
       SELECT $1, $2, $3, 1, 1 WHERE ${LAST_VERSION} = $5 - 1
       ON CONFLICT (consumer, event_id) DO UPDATE
       SET tries = a.tries + 1, unfinished = a.unfinished + 1, last_tried_at = now() RETURNING a.tries`,
      keysOf(this.consumer, event),
    );
    return row !== undefined;
  }

  /** Enters that a try failed, one that was counted as begun or not, and returns how many there were. */
  async failed(event: EventEnvelope, error: unknown, counted: boolean): Promise<number> {
    const { name, fingerprint, origin, detail } = failureOf(error);
    const [row] = await this.run<{ tries: number }>(
      event,
      `INSERT INTO inbox_attempt AS a
         (consumer, event_id, tenant_id, tries, error_name, error_fingerprint, error_origin, error_detail)
       SELECT $1, $2, $3, 1, $6, $7, $8, $9 WHERE ${LAST_VERSION} < $5
       ON CONFLICT (consumer, event_id) DO UPDATE
       SET tries = a.tries + $10, unfinished = greatest(0, a.unfinished - 1 + $10), last_tried_at = now(),
           error_name = $6, error_fingerprint = $7, error_origin = $8, error_detail = $9
       RETURNING a.tries`,
      [...keysOf(this.consumer, event), name, fingerprint, origin, detail, counted ? 0 : 1],
    );
    return row?.tries ?? 1;
  }

  /** A try that was begun has only shown that the event must wait for something else. */
  async withdraw(event: EventEnvelope): Promise<void> {
    const query = `UPDATE inbox_attempt SET tries = tries - 1, unfinished = greatest(0, unfinished - 1)
                   WHERE consumer = $1 AND event_id = $2`;
    await this.run(event, query, [this.consumer, event.id]);
  }

  /** A person says that what ended the process is repaired: the count of unfinished tries begins anew. */
  async pardon(event: EventEnvelope): Promise<void> {
    const query = 'UPDATE inbox_attempt SET unfinished = 0 WHERE consumer = $1 AND event_id = $2';
    await this.run(event, query, [this.consumer, event.id]);
  }

  private run<Row>(event: EventEnvelope, query: string, values: readonly unknown[]): Promise<Row[]> {
    return this.database.transaction(event.tenantid, (tx) => tx.query<Row[]>(query, [...values]));
  }
}

const LAST_VERSION = `coalesce((SELECT version FROM inbox_position WHERE consumer = $1 AND aggregate_id = $4), 0)`;

function keysOf(consumer: string, event: EventEnvelope): readonly unknown[] {
  return [consumer, event.id, event.tenantid, event.subject, event.subjectversion];
}

import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { RETENTION_DAYS } from './broker.js';

/** How often to look for rows that are no longer needed, in milliseconds; a quarter more or less, so that services spread. */
const LOOK_MS = 60_000;
/** Rows looked at per statement, and statements per look: what is left waits for the next one. */
export const PRUNE_BATCH = 500;
const BATCHES_PER_LOOK = 20;

/**
 * Removes what the stream has forgotten too: events published, and inbox rows written, more than {@link RETENTION_DAYS} ago. The
 * timeline keeps the events; a duplicate that comes later still is dropped by its version. Looks at the oldest rows alone, so a look
 * that finds nothing costs two reads of an index.
 */
export class Pruner {
  private timer: NodeJS.Timeout | undefined;
  private pruning: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly pool: Pool,
    private readonly consumers: readonly string[],
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setTimeout(
      () => {
        this.pruning = this.prune()
          .catch((error: unknown) => this.logger.warn({ err: error }, 'could not remove old rows'))
          .then(() => {
            if (this.timer) this.start();
          });
      },
      LOOK_MS * (0.75 + Math.random() / 2),
    );
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.pruning;
  }

  /** One look; returns how many rows were removed. */
  async prune(): Promise<number> {
    let removed = await this.inBatches(OLD_OUTBOX, [PRUNE_BATCH, RETENTION_DAYS]);
    for (const consumer of this.consumers) {
      removed += await this.inBatches(OLD_INBOX, [PRUNE_BATCH, RETENTION_DAYS, consumer]);
    }
    return removed;
  }

  private async inBatches(statement: string, values: readonly unknown[]): Promise<number> {
    let removed = 0;
    for (let batch = 0; batch < BATCHES_PER_LOOK; batch += 1) {
      const { rowCount } = await this.pool.query(statement, [...values]);
      if (!rowCount) break;
      removed += rowCount;
    }
    return removed;
  }
}

/** The outbox is filled in the order of its sequence, and published nearly so. */
const OLD_OUTBOX = `
DELETE FROM outbox WHERE seq IN (
  SELECT seq FROM (SELECT seq, published_at FROM outbox ORDER BY seq LIMIT $1) AS oldest
  WHERE published_at < now() - $2 * interval '1 day')`;

/** Events' ids grow with the time of their birth. */
const OLD_INBOX = `
DELETE FROM inbox WHERE consumer = $3 AND event_id IN (
  SELECT event_id FROM (SELECT event_id, applied_at FROM inbox WHERE consumer = $3 ORDER BY event_id LIMIT $1) AS oldest
  WHERE applied_at < now() - $2 * interval '1 day')`;

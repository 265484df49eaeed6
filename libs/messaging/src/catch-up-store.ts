import type { Pool } from 'pg';
import type { Head } from './history-request.js';

/** Whoever compares a consumer renews its claim this often at least, in milliseconds; after a crash another goes on that much later. */
export const CLAIM_MS = 30_000;

/** An aggregate of which its producer has more than this consumer. */
export interface Behind {
  readonly aggregateId: string;
  /** The last version applied here, and the last one that there is. */
  readonly last: number;
  readonly head: number;
}

/** Where a comparison begins. */
export interface Claim {
  /** The last aggregate that was compared before; empty: none. */
  readonly after: string;
  /** Whether this consumer was ever compared to the end since the stream was made. */
  readonly completed: boolean;
}

/** The books on how far consumers have compared themselves with their producers. One process at a time compares a consumer. */
export class CatchUpStore {
  constructor(private readonly pool: Pool) {}

  /** Takes a consumer whose comparison is due: never done, done long ago, left unfinished, or of another stream. */
  async claim(consumer: string, incarnation: string): Promise<Claim | undefined> {
    const { rows } = await this.pool.query<Claim>(CLAIM, [consumer, incarnation, CLAIM_MS]);
    return rows[0];
  }

  /** Everything up to this aggregate is compared; renews the claim. */
  async advance(consumer: string, after: string): Promise<void> {
    await this.pool.query(
      `UPDATE catch_up SET after_aggregate = $2, due_at = now() + $3 * interval '1 ms' WHERE consumer = $1`,
      [consumer, after, CLAIM_MS],
    );
  }

  /** Compared to the end; the next comparison begins anew. */
  async complete(consumer: string, nextInMs: number): Promise<void> {
    await this.pool.query(
      `UPDATE catch_up SET after_aggregate = '', completed_at = now(), due_at = now() + $2 * interval '1 ms'
       WHERE consumer = $1`,
      [consumer, nextInMs],
    );
  }

  /** Could not go on; somebody goes on from there after this time. */
  async giveBack(consumer: string, nextInMs: number): Promise<void> {
    await this.pool.query(`UPDATE catch_up SET due_at = now() + $2 * interval '1 ms' WHERE consumer = $1`, [
      consumer,
      nextInMs,
    ]);
  }

  /**
   * Which of these aggregates have more events than this consumer applied. Those whose next event is here and parked are left out:
   * it is not missing.
   */
  async behind(consumer: string, heads: readonly Head[]): Promise<readonly Behind[]> {
    const { rows } = await this.pool.query<Behind>(BEHIND, [
      consumer,
      heads.map((head) => head.aggregateId),
      heads.map((head) => head.version),
    ]);
    return rows;
  }
}

const CLAIM = `
INSERT INTO catch_up AS c (consumer, stream_incarnation, due_at) VALUES ($1, $2, now() + $3 * interval '1 ms')
ON CONFLICT (consumer) DO UPDATE SET
  after_aggregate = CASE WHEN c.stream_incarnation = $2 THEN c.after_aggregate ELSE '' END,
  completed_at = CASE WHEN c.stream_incarnation = $2 THEN c.completed_at END,
  stream_incarnation = $2,
  due_at = EXCLUDED.due_at
WHERE c.due_at <= now() OR c.stream_incarnation <> $2
RETURNING after_aggregate AS after, completed_at IS NOT NULL AS completed`;

const BEHIND = `
SELECT h.id AS "aggregateId", coalesce(p.version, 0) AS last, h.version AS head
FROM unnest($2::text[], $3::int[]) AS h (id, version)
LEFT JOIN inbox_position p ON p.consumer = $1 AND p.aggregate_id = h.id
WHERE coalesce(p.version, 0) < h.version AND NOT EXISTS (
  SELECT FROM inbox_pending w
  WHERE w.consumer = $1 AND w.aggregate_id = h.id AND w.aggregate_version = coalesce(p.version, 0) + 1)
ORDER BY h.id`;

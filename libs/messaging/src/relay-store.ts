import { envelopeSchema, type EventEnvelope } from '@graphdesk/contracts';
import type { Pool } from 'pg';

/** An event that waits to be published, with its place in the outbox. */
export interface Unpublished {
  readonly seq: string;
  readonly event: EventEnvelope;
}

/** The broker's receipt for one event. */
export interface Receipt {
  readonly seq: string;
  readonly streamSeq: number;
}

/** How long a relay may publish without renewing, in milliseconds; after a crash another takes over that much later at most. */
export const LEASE_MS = 3_000;

/** The relay's SQL: the lease that makes it the only one, what waits, and what the broker has. */
export class RelayStore {
  constructor(
    private readonly pool: Pool,
    private readonly holder: string,
  ) {}

  /** Takes or renews the lease; false while another relay holds it. Decided by the database's clock. */
  async holdLease(): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `INSERT INTO relay_lease AS l (holder, expires_at) VALUES ($1, now() + $2 * interval '1 ms')
       ON CONFLICT (single) DO UPDATE SET holder = EXCLUDED.holder, expires_at = EXCLUDED.expires_at
       WHERE l.holder = $1 OR l.expires_at < now()`,
      [this.holder, LEASE_MS],
    );
    return rowCount === 1;
  }

  /** Gives the lease up, so that the next relay need not wait. */
  async releaseLease(): Promise<void> {
    await this.pool.query('DELETE FROM relay_lease WHERE holder = $1', [this.holder]);
  }

  /**
   * The oldest events that wait, in the order of the outbox, but for those under way. A place of the outbox is no bound: a change that
   * commits late has an early one, and the next of its aggregate must not overtake it.
   */
  async unpublished(limit: number, underWay: readonly Unpublished[] = []): Promise<readonly Unpublished[]> {
    const { rows } = await this.pool.query<{ seq: string; envelope: unknown }>(
      'SELECT seq, envelope FROM outbox WHERE published_at IS NULL AND seq <> ALL ($2::bigint[]) ORDER BY seq LIMIT $1',
      [limit, underWay.map(({ seq }) => seq)],
    );
    return rows.map((row) => ({ seq: row.seq, event: envelopeSchema.parse(row.envelope) }));
  }

  /** Marks what the broker acknowledged. */
  async markPublished(receipts: readonly Receipt[], incarnation: string): Promise<void> {
    await this.pool.query(
      `UPDATE outbox o SET published_at = now(), published_seq = r.stream_seq, stream_incarnation = $3, attempts = attempts + 1
       FROM unnest($1::bigint[], $2::bigint[]) AS r (seq, stream_seq) WHERE o.seq = r.seq`,
      [receipts.map((r) => r.seq), receipts.map((r) => r.streamSeq), incarnation],
    );
  }

  /**
   * Makes events wait again that the broker acknowledged and has no more: those of a stream that was deleted or made anew, and
   * those beyond the end of one that was set back. Returns how many.
   */
  async rearm(stream: { readonly incarnation: string; readonly lastSeq: number }): Promise<number> {
    const { rowCount } = await this.pool.query(
      `UPDATE outbox SET published_at = NULL, published_seq = NULL, stream_incarnation = NULL
       WHERE stream_incarnation < $1 OR stream_incarnation > $1 OR (stream_incarnation = $1 AND published_seq > $2)`,
      [stream.incarnation, stream.lastSeq],
    );
    return rowCount ?? 0;
  }
}

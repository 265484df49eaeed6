import type { DueWork } from '@graphdesk/decisions';
import type { Pool } from 'pg';
import type { EntityManager } from 'typeorm';

/** A timer that this process has claimed: it may fire until the lease ends. */
export interface ClaimedTimer extends DueWork {
  readonly id: string;
  readonly tenantId: string;
  /** The aggregate that asked for it. */
  readonly subject: string;
  /** Rises whenever the timer is armed for another moment: what was claimed before is canceled by it. */
  readonly epoch: number;
  /** Rises with each claim: whoever claimed before may not finish any more. */
  readonly fencing: number;
  /** How often it was claimed, this time included; above 1, an earlier try failed or died. */
  readonly tries: number;
}

/** Waits after a failed try, in seconds, by the number of tries so far; the last one repeats. */
export const RETRY_S = [1, 5, 30, 300];

/** Waits after a try that never ended (its process died or hangs), so that work which kills does so ever more rarely. */
export const CRASHED_S = [10, 10, 60, 300];

/** Longest error kept, in characters. */
const ERROR_LIMIT = 1_000;

/** The engine's SQL. Time is the database's alone: `now()` decides what is due, and no machine's clock matters. */
export class TimerStore {
  constructor(private readonly pool: Pool) {}

  /** Claims what is due, the longest overdue first; what another process claims at this moment is passed over. */
  async claim(limit: number): Promise<readonly ClaimedTimer[]> {
    const { rows } = await this.pool.query<Omit<ClaimedTimer, 'tenantId'> & { tenant_id: string }>(
      `UPDATE timer t SET fencing = t.fencing + 1, tries = t.tries + 1,
         wake_at = now() + ($2::int[])[least(t.tries + 1, cardinality($2::int[]))] * interval '1 s'
       FROM (SELECT id FROM timer WHERE wake_at <= now() ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED) AS due
       WHERE t.id = due.id
       RETURNING t.id, t.tenant_id, t.subject, t.kind, t.due, t.epoch, t.fencing, t.tries`,
      [limit, CRASHED_S],
    );
    return rows
      .map(({ tenant_id: tenantId, ...row }) => ({ ...row, tenantId }))
      .sort((a, b) => a.due.getTime() - b.due.getTime());
  }

  /** Notes why it did not fire and when it is tried again. */
  async noteFailure(timer: ClaimedTimer, error: string): Promise<void> {
    const wait = RETRY_S[Math.min(timer.tries, RETRY_S.length) - 1];
    await this.pool.query(
      `UPDATE timer SET error = $3, wake_at = now() + $4 * interval '1 s' WHERE id = $1 AND fencing = $2`,
      [timer.id, timer.fencing, error.slice(0, ERROR_LIMIT), wait],
    );
  }

  /** Claimed and not begun: another process may have it at once. */
  async giveBack(timers: readonly ClaimedTimer[]): Promise<void> {
    await this.pool.query(
      `UPDATE timer t SET wake_at = now(), tries = t.tries - 1
       FROM unnest($1::bigint[], $2::int[]) AS back (id, fencing) WHERE t.id = back.id AND t.fencing = back.fencing`,
      [timers.map((timer) => timer.id), timers.map((timer) => timer.fencing)],
    );
  }
}

/**
 * Whether this process may fire it now, until the end of the transaction: the claim is not canceled, not armed anew, not claimed by
 * another since, and nobody is firing it at this moment, not even a process that everybody believed dead.
 */
export async function stands(tx: EntityManager, timer: ClaimedTimer): Promise<boolean> {
  const [row] = await tx.query<{ mine: boolean }[]>(
    `SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || '.timer'), (id % 2147483647)::int) AS mine
     FROM timer WHERE id = $1 AND epoch = $2 AND fencing = $3`,
    [timer.id, timer.epoch, timer.fencing],
  );
  return row?.mine === true;
}

/** The timer has fired: its row goes, in the transaction of its effect. One that the effect armed anew stays. */
export async function finish(tx: EntityManager, timer: ClaimedTimer): Promise<void> {
  await tx.query('DELETE FROM timer WHERE id = $1 AND epoch = $2', [timer.id, timer.epoch]);
}

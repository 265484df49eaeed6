import type { Pool } from 'pg';

/** How often the database is asked for its time again, in milliseconds. */
const SYNC_MS = 10_000;

/**
 * The time of the database, without asking it each time: its answer plus what has passed since by a counter that nobody can set.
 * A machine whose clock is wrong, or jumps, dates nothing wrong and makes nothing due early or late.
 */
export class DatabaseClock {
  /** How far the database's time is ahead of the counter; unknown before the first answer. */
  private aheadMs: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly pool: Pool) {}

  /** Asks for the time and keeps asking. The database must be reachable. */
  static async start(pool: Pool): Promise<DatabaseClock> {
    const clock = new DatabaseClock(pool);
    await clock.sync();
    // While the database is away the last answer is good: nothing can be written meanwhile anyway.
    clock.timer = setInterval(() => void clock.sync().catch(() => undefined), SYNC_MS).unref();
    return clock;
  }

  now(): Date {
    return new Date((this.aheadMs ?? 0) + performance.now());
  }

  /**
   * Asks the database now. It told its time at some moment between question and answer: while what we believe fits to that, it stays,
   * so an answer that was long on its way does not make us wrong, and the next quick one puts right what a slow one left open.
   */
  async sync(): Promise<void> {
    const asked = performance.now();
    const { rows } = await this.pool.query<{ now: Date }>('SELECT now() AS now');
    const answered = performance.now();
    if (!rows[0]) throw new Error('the database does not tell its time');
    const told = rows[0].now.getTime();
    const [least, most] = [told - answered, told - asked];
    if (this.aheadMs !== undefined && this.aheadMs >= least && this.aheadMs <= most) return;
    this.aheadMs = (least + most) / 2;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

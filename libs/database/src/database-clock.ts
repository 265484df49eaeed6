import type { Pool } from 'pg';

/** How often the database is asked for its time again, in milliseconds. */
const SYNC_MS = 10_000;

/**
 * The time of the database, without asking it each time: its answer plus what has passed since by a counter that nobody can set.
 * A machine whose clock is wrong, or jumps, dates nothing wrong and makes nothing due early or late.
 */
export class DatabaseClock {
  private databaseMs = 0;
  private counterMs = 0;
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
    return new Date(this.databaseMs + (performance.now() - this.counterMs));
  }

  /** Asks the database now. */
  async sync(): Promise<void> {
    const asked = performance.now();
    const { rows } = await this.pool.query<{ now: Date }>('SELECT now() AS now');
    const answered = performance.now();
    if (!rows[0]) throw new Error('the database does not tell its time');
    this.databaseMs = rows[0].now.getTime();
    this.counterMs = (asked + answered) / 2;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

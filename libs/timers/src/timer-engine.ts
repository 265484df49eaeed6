import type { TenantDatabase } from '@graphdesk/database';
import { failpoint } from '@graphdesk/messaging';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { fireTimer, type AfterCommit, type TimerHandler } from './fire-timer.js';
import { TimerStore, type ClaimedTimer } from './timer-store.js';

/** How often an idle engine looks, in milliseconds. */
const POLL_MS = 100;
/** Firings at once; each takes a connection of the app role. */
const LANES = 4;
/** Claimed and not finished at most: what is claimed must fire well within its lease. */
const IN_FLIGHT = 64;

/**
 * Fires what is due, in every replica, with no leader: rows are shared out by SKIP LOCKED. At least once is tried, exactly once
 * takes effect: a crash between claim and commit leaves the row, and it is claimed again when the lease is over.
 */
export class TimerEngine {
  private readonly store: TimerStore;
  private readonly handlers: ReadonlyMap<string, TimerHandler>;
  private readonly waiting: ClaimedTimer[] = [];
  private readonly underway = new Set<Promise<void>>();
  private readonly firing = new Set<Promise<unknown>>();
  private lanes = 0;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private lastError = '';
  private wakeUp: () => void = () => undefined;
  private endPause: () => void = () => undefined;
  private pausing: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: TenantDatabase,
    engine: Pool,
    handlers: readonly TimerHandler[],
    private readonly logger: Logger,
  ) {
    this.store = new TimerStore(engine);
    this.handlers = new Map(handlers.map((handler) => [handler.kind, handler]));
    if (this.handlers.size < handlers.length) throw new Error('one handler per kind of timer');
  }

  start(): void {
    this.running = this.run();
  }

  /** Claims no more, gives back what has not begun, and finishes what fires; what follows a commit goes on, see {@link followed}. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.pausing);
    this.endPause();
    this.wakeUp();
    await this.running;
    await this.store.giveBack(this.waiting.splice(0)).catch(() => undefined);
    await Promise.all(this.firing);
  }

  /** Waits for what follows the commits of work that has fired: calls to other systems, which may hang. */
  async followed(): Promise<void> {
    await Promise.all(this.underway);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const room = IN_FLIGHT - this.inFlight();
      const claimed = await this.claim(room);
      this.waiting.push(...claimed);
      this.fill();
      if (claimed.length < room) await this.pause(POLL_MS);
      else await this.untilRoom();
    }
  }

  private inFlight(): number {
    return this.waiting.length + this.underway.size;
  }

  private async claim(limit: number): Promise<readonly ClaimedTimer[]> {
    try {
      const claimed = await this.store.claim(limit);
      this.lastError = '';
      return claimed;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== this.lastError) this.logger.warn({ err: error }, 'due work cannot be claimed; trying again');
      this.lastError = message;
      return [];
    }
  }

  private fill(): void {
    while (this.lanes < LANES && !this.stopping) {
      const timer = this.waiting.shift();
      if (!timer) return;
      this.lanes += 1;
      const firing = this.fire(timer).finally(() => this.firing.delete(firing));
      this.firing.add(firing);
      // It does not hold a lane: it may be slow, and others are due.
      const ended: Promise<void> = firing
        .then((after) => (after ? this.follow(timer, after) : undefined))
        .finally(() => {
          this.underway.delete(ended);
          if (this.inFlight() <= IN_FLIGHT / 2) this.wakeUp();
        });
      this.underway.add(ended);
    }
  }

  /** Fires it and returns what is left to do after the commit. Never rejects. */
  private async fire(timer: ClaimedTimer): ReturnType<typeof fireTimer> {
    try {
      const handler = this.handlers.get(timer.kind);
      if (!handler) throw new Error(`no handler for ${timer.kind}: armed by another build`);
      return await fireTimer(this.database, handler, timer, failpoint);
    } catch (error) {
      const { subject, kind, due, tries } = timer;
      this.logger.error({ err: error, subject, kind, due, tries }, 'due work failed; it is tried again later');
      await this.store
        .noteFailure(timer, error instanceof Error ? error.message : String(error))
        .catch(() => undefined);
      return undefined;
    } finally {
      this.lanes -= 1;
      this.fill();
    }
  }

  private async follow({ subject, kind }: ClaimedTimer, after: AfterCommit): Promise<void> {
    await after().catch((error: unknown) =>
      this.logger.error({ err: error, subject, kind }, 'what follows due work failed'),
    );
  }

  /** More may be due, and enough is under way. */
  private async untilRoom(): Promise<void> {
    if (this.stopping || this.inFlight() <= IN_FLIGHT / 2) return;
    await new Promise<void>((resolve) => (this.wakeUp = resolve));
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      this.endPause = resolve;
      this.pausing = setTimeout(resolve, ms);
    });
  }
}

import type { TenantDatabase } from '@graphdesk/database';
import { failpoint } from '@graphdesk/messaging';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { fireTimer, type AfterCommit, type TimerHandler } from './fire-timer.js';
import { TimerStore, type ClaimedTimer } from './timer-store.js';

/** How often an engine looks, in milliseconds: when nothing was due, and when something was. */
const IDLE_MS = 100;
const BUSY_MS = 25;
/** Firings at once; each takes a connection of the app role. */
const LANES = 4;
/** Claimed and not finished at most. */
const IN_FLIGHT = 64;
/** What was claimed and has not begun by then is given back, in milliseconds: with the limit of a firing, less than the lease. */
const PATIENCE_MS = 2_000;

/**
 * Fires what is due, in every replica, with no leader: rows are shared out by SKIP LOCKED. At least once is tried, exactly once
 * takes effect: a crash between claim and commit leaves the row, and it is claimed again when the lease is over.
 */
export class TimerEngine {
  private readonly store: TimerStore;
  private readonly handlers: ReadonlyMap<string, TimerHandler>;
  private readonly waiting: { readonly timer: ClaimedTimer; readonly since: number }[] = [];
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
    await this.giveBack(this.waiting.splice(0).map(({ timer }) => timer));
    await Promise.all(this.firing);
  }

  /** Waits for what follows the commits of work that has fired: calls to other systems, which may hang. */
  async followed(): Promise<void> {
    await Promise.all(this.underway);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const room = IN_FLIGHT - this.inFlight();
      const since = performance.now();
      const claimed = await this.claim(room);
      this.waiting.push(...claimed.map((timer) => ({ timer, since })));
      this.fill();
      await this.giveBack(this.stale());
      if (claimed.length < room) await this.pause(claimed.length > 0 ? BUSY_MS : IDLE_MS);
      else await this.untilRoom();
    }
  }

  /** A slow database must not make it look as if work had been begun and died. */
  private stale(): readonly ClaimedTimer[] {
    const fresh = this.waiting.findIndex(({ since }) => performance.now() - since < PATIENCE_MS);
    return this.waiting.splice(0, fresh === -1 ? this.waiting.length : fresh).map(({ timer }) => timer);
  }

  private async giveBack(timers: readonly ClaimedTimer[]): Promise<void> {
    // Their leases end by themselves.
    if (timers.length > 0) await this.store.giveBack(timers).catch(() => undefined);
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
      const timer = this.waiting.shift()?.timer;
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
      return null;
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

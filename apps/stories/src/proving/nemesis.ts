import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@graphdesk/testing';
import type { Journal } from './journal.js';
import type { SeededRandom } from './seeded-random.js';

/** What is killed, and how often. */
export interface Aim {
  /** Names of processes, `nats` or `postgres`; each as often as it stands here. */
  readonly targets: readonly string[];
  /** Places at which a service that starts again may kill itself once more. */
  readonly failpoints: readonly string[];
  /** How likely a service that starts again gets such a place. */
  readonly armed: number;
  /** Between two blows, in milliseconds. */
  readonly pauseMs: readonly [least: number, most: number];
  /** How long what was killed stays away, in milliseconds. */
  readonly awayMs: readonly [least: number, most: number];
}

/** How often something that does not start is started once more. */
const TRIES = 10;
const RETRY_MS = 500;

/** Kills processes, NATS and Postgres at random moments, and is the supervisor that starts everything again. */
export class Nemesis {
  /** Kills by target, failpoints included. */
  readonly kills: Record<string, number> = {};
  /** Ends that nobody asked for. */
  readonly ownEnds: string[] = [];
  private readonly busy = new Map<string, Promise<void>>();
  /** Services that start with a failpoint; their end is a blow too. */
  private readonly primed = new Set<string>();

  constructor(
    private readonly stack: Stack,
    private readonly aim: Aim,
    private readonly random: SeededRandom,
    private readonly journal: Journal,
    private readonly signal: AbortSignal,
  ) {}

  /** Strikes until the time is over, then waits until everything runs again, without failpoints. */
  async rage(durationMs: number): Promise<void> {
    const end = performance.now() + durationMs;
    for (;;) {
      const wait = this.random.between(...this.aim.pauseMs);
      const left = end - performance.now();
      await pause(Math.max(0, Math.min(wait, left)), undefined, { signal: this.signal });
      if (left <= wait) break;
      const target = this.random.pick(this.aim.targets);
      if (!this.busy.has(target)) this.attend(target, () => this.strike(target));
    }
    while (this.busy.size > 0) await Promise.all(this.busy.values());
    for (const name of [...this.primed]) await this.disarm(name);
    this.signal.throwIfAborted();
  }

  /** A service ended by itself: because of a failpoint, or because something it needs is gone. */
  died(name: string, how: string): void {
    if (this.signal.aborted || this.busy.has(name)) return;
    if (this.primed.delete(name)) this.count(name, 'at a failpoint');
    else this.ownEnds.push(`${name}: ${how}`);
    this.journal.fault({ died: name, how });
    this.attend(name, () => this.start(name, {}));
  }

  private attend(target: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        if (!this.signal.aborted) throw error;
      })
      .finally(() => this.busy.delete(target));
    // Whoever waits for it hears of the failure; until then it must not end the process.
    done.catch(() => undefined);
    this.busy.set(target, done);
  }

  private async strike(target: string): Promise<void> {
    const away = this.random.between(...this.aim.awayMs);
    const arms = this.random.chance(this.aim.armed) && this.aim.failpoints.length > 0;
    const place = arms ? `${this.random.pick(this.aim.failpoints)}#${1 + Math.floor(this.random.next() * 5)}` : '';
    this.journal.fault({ kill: target, awayMs: Math.round(away), ...(place && { thenArmed: place }) });
    this.count(target);
    this.primed.delete(target);
    await (target === 'nats' || target === 'postgres' ? this.stack[target] : this.service(target)).kill();
    await pause(away, undefined, { signal: this.signal });
    await this.start(target, place && target !== 'gateway' ? { FAIL_AT: place } : {});
  }

  private async start(target: string, env: NodeJS.ProcessEnv): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      this.signal.throwIfAborted();
      try {
        if (target === 'nats' || target === 'postgres') return await this.stack[target].start();
        const armed = tries === 1 && env['FAIL_AT'] !== undefined;
        if (armed) this.primed.add(target);
        return await this.service(target).start(armed ? env : {});
      } catch (error) {
        if (this.primed.delete(target)) this.count(target, 'at a failpoint');
        else this.journal.fault({ notStarted: target, why: String(error).split('\n', 1)[0] });
        if (tries === TRIES) throw error;
        await pause(RETRY_MS, undefined, { signal: this.signal });
      }
    }
  }

  /** What still waits at a failpoint would die while the books are read. */
  private async disarm(name: string): Promise<void> {
    this.primed.delete(name);
    await this.service(name).kill('SIGTERM');
    await this.start(name, {});
  }

  private service(name: string): Stack['services'][string] {
    const service = this.stack.services[name];
    if (!service) throw new Error(`no process ${name}`);
    return service;
  }

  private count(target: string, how = ''): void {
    const key = how ? `${target} ${how}` : target;
    this.kills[key] = (this.kills[key] ?? 0) + 1;
  }
}

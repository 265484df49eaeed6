import { eventSubject, STREAM } from '@graphdesk/contracts';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Broker } from './broker.js';
import { failpoint, planted } from './failpoint.js';
import { LEASE_MS, RelayStore, type Receipt, type Unpublished } from './relay-store.js';

/** How often an idle relay looks, in milliseconds; a commit in the same process wakes it at once. */
const POLL_MS = 100;
const BATCH = 250;
/** With the third of the lease that may have passed, less than the lease. */
const PUBLISH_TIMEOUT_MS = 1_500;
/** How often the stream is looked at for having lost what it acknowledged, in milliseconds. */
const GUARD_MS = 5_000;

/**
 * Moves events from the outbox to the stream: one relay at a time per service (a lease), at least once, in order within each
 * aggregate and in parallel across aggregates. An event is marked only after the broker's acknowledgement; `Nats-Msg-Id` is
 * the event's id, so a repeat within the broker's window is not stored twice.
 */
export class Relay {
  private readonly store: RelayStore;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private wakeUp: () => void = () => undefined;
  private woken = false;
  private lastError = '';
  private guardedAt = -GUARD_MS;
  private incarnation = '';
  private renewedAt = -LEASE_MS;

  constructor(
    pool: Pool,
    private readonly broker: Broker,
    private readonly logger: Logger,
  ) {
    this.store = new RelayStore(pool, randomUUID());
  }

  start(): void {
    this.running = this.run();
  }

  /** Something was committed: publish it now rather than at the next look. */
  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  /** Finishes the batch under way and gives the lease up. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp();
    await this.running;
    await this.store.releaseLease().catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const full = await this.publishBatch().catch((error: unknown) => {
        this.report(error);
        return false;
      });
      if (!full) await this.pause();
    }
  }

  /** Renews the lease when a third of it has passed: an idle relay reads ten times a second and writes once. */
  private async holdLease(): Promise<boolean> {
    if (performance.now() - this.renewedAt < LEASE_MS / 3) return true;
    const now = performance.now();
    if (!(await this.store.holdLease())) return false;
    this.renewedAt = now;
    return true;
  }

  /** Publishes what waits; true when there may be more. */
  private async publishBatch(): Promise<boolean> {
    if (!(await this.holdLease())) return false;
    const waiting = await this.store.unpublished(BATCH);
    const guardIsDue = performance.now() - this.guardedAt > GUARD_MS;
    if (waiting.length === 0 && !guardIsDue) return false;
    if (planted('mark-before-publish')) await this.store.markPublished(unconfirmed(waiting), this.incarnation);
    const { created, rearmed } = await this.guardStream(guardIsDue);
    if (rearmed > 0) return true;
    if (waiting.length === 0) return false;
    failpoint('relay.before-publish');
    const lanes = planted('out-of-order-publish') ? waiting.toReversed().map((one) => [one]) : byAggregate(waiting);
    const receipts = (await Promise.all(lanes.map((lane) => this.publishLane(lane)))).flat();
    failpoint('relay.after-ack');
    if (receipts.length > 0) await this.store.markPublished(receipts, created);
    if (receipts.length === waiting.length) this.lastError = '';
    return receipts.length === BATCH;
  }

  /**
   * Makes sure of the stream. A broker that lost it, or its end, gets everything again that it had acknowledged; consumers drop
   * what they know.
   */
  private async guardStream(isDue: boolean): Promise<{ created: string; rearmed: number }> {
    await this.broker.ensureStream();
    const { created, state } = await this.broker.manager.streams.info(STREAM);
    if (!isDue && created === this.incarnation) return { created, rearmed: 0 };
    const rearmed = await this.store.rearm({ incarnation: created, lastSeq: state.last_seq });
    if (rearmed > 0) this.logger.error({ rearmed }, 'the broker lost what it had acknowledged: it is published again');
    this.incarnation = created;
    this.guardedAt = performance.now();
    return { created, rearmed };
  }

  /** One aggregate's events one after the other; stops at the first that the broker does not acknowledge. */
  private async publishLane(lane: readonly Unpublished[]): Promise<readonly Receipt[]> {
    const receipts: Receipt[] = [];
    try {
      for (const { seq, event } of lane) {
        const ack = await this.broker.js.publish(eventSubject(event), JSON.stringify(event), {
          msgID: event.id,
          timeout: PUBLISH_TIMEOUT_MS,
        });
        receipts.push({ seq, streamSeq: ack.seq });
      }
    } catch (error) {
      this.report(error);
    }
    return receipts;
  }

  private async pause(): Promise<void> {
    if (!this.woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        this.wakeUp = (): void => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.woken = false;
  }

  /** One line per kind of trouble, not one per look. */
  private report(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== this.lastError) this.logger.warn({ err: error }, 'the relay cannot publish; it keeps trying');
    this.lastError = message;
  }
}

function byAggregate(waiting: readonly Unpublished[]): readonly (readonly Unpublished[])[] {
  const lanes = new Map<string, Unpublished[]>();
  for (const entry of waiting) {
    const lane = lanes.get(entry.event.subject);
    if (lane) lane.push(entry);
    else lanes.set(entry.event.subject, [entry]);
  }
  return [...lanes.values()];
}

/** What the planted bug marks: receipts that the broker never gave. */
function unconfirmed(waiting: readonly Unpublished[]): readonly Receipt[] {
  return waiting.map(({ seq }) => ({ seq, streamSeq: 0 }));
}

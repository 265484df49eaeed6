import { eventSubject } from '@graphdesk/contracts';
import type { PubAck } from '@nats-io/jetstream';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Broker } from './broker.js';
import { failpoint, planted } from './failpoint.js';
import { LEASE_MS, RelayStore, type Receipt, type Unpublished } from './relay-store.js';
import { GUARD_MS, StreamGuard } from './stream-guard.js';

/** How often an idle relay looks, in milliseconds; a commit in the same process wakes it at once. */
const POLL_MS = 100;
const BATCH = 250;
/** With the third of the lease that may have passed, less than the lease. */
const PUBLISH_TIMEOUT_MS = 1_500;

/**
 * Moves events from the outbox to the stream: one relay at a time per service (a lease), at least once, in order within each
 * aggregate and in parallel across aggregates. An event is marked only after the broker's acknowledgement; `Nats-Msg-Id` is
 * the event's id, so a repeat within the broker's window is not stored twice.
 */
export class Relay {
  private readonly store: RelayStore;
  private readonly guard: StreamGuard;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private wakeUp: () => void = () => undefined;
  private woken = false;
  private lastError = '';
  private renewedAt = -LEASE_MS;

  constructor(
    pool: Pool,
    private readonly broker: Broker,
    private readonly logger: Logger,
    guardMs: number = GUARD_MS,
  ) {
    this.store = new RelayStore(pool, randomUUID());
    this.guard = new StreamGuard(this.store, broker, logger, guardMs);
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
    if (waiting.length === 0 && !this.guard.isDue) return false;
    if (planted('mark-before-publish')) await this.store.markPublished(unconfirmed(waiting), this.guard.incarnation);
    if ((await this.guard.check()) > 0) return true;
    if (waiting.length === 0) return false;
    failpoint('relay.before-publish');
    const lanes = planted('out-of-order-publish') ? waiting.toReversed().map((one) => [one]) : byAggregate(waiting);
    const receipts = (await Promise.all(lanes.map((lane) => this.publishLane(lane)))).flat();
    failpoint('relay.after-ack');
    if (!(await this.guard.isUnbroken())) return true;
    if (receipts.length > 0) await this.store.markPublished(receipts, this.guard.incarnation);
    if (receipts.length === waiting.length) this.lastError = '';
    return receipts.length === BATCH;
  }

  /** One aggregate's events one after the other; stops at the first that the broker does not acknowledge. */
  private async publishLane(lane: readonly Unpublished[]): Promise<readonly Receipt[]> {
    const receipts: Receipt[] = [];
    try {
      for (const { seq, event } of lane) {
        const settings = { msgID: event.id, timeout: PUBLISH_TIMEOUT_MS };
        const publish = (): Promise<PubAck> =>
          this.broker.js.publish(eventSubject(event), JSON.stringify(event), settings);
        receipts.push({ seq, streamSeq: await this.guard.watch(publish) });
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

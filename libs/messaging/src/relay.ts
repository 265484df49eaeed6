import { eventSubject } from '@graphdesk/contracts';
import type { PubAck } from '@nats-io/jetstream';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Broker } from './broker.js';
import { failpoint, planted } from './failpoint.js';
import { byAggregate, unconfirmed } from './relay-batch.js';
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
      await this.publishWaiting().catch((error: unknown) => this.report(error));
      await this.pause();
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

  /**
   * Publishes what waits, batch by batch. While the broker takes one, the next is read and the last is marked; a batch begins
   * only when everything before it was acknowledged.
   */
  private async publishWaiting(): Promise<void> {
    let marking: Promise<unknown> = Promise.resolve();
    let marked: readonly Unpublished[] = [];
    let batch = (await this.holdLease()) ? await this.store.unpublished(BATCH) : undefined;
    while (batch && !this.stopping) {
      const isFull = batch.length === BATCH;
      const underWay = [...marked, ...batch];
      const following = isFull ? this.store.unpublished(BATCH, underWay) : Promise.resolve(undefined);
      const steps = [this.publishBatch(batch, marking), following, marking] as const;
      await Promise.allSettled(steps); // nothing may still be under way when the next look begins
      const [receipts, next] = await Promise.all(steps);
      marking = receipts.length > 0 ? this.store.markPublished(receipts, this.guard.incarnation) : Promise.resolve();
      marking.catch(() => undefined); // seen by the next round, or below
      marked = batch;
      const isComplete = receipts.length === batch.length;
      if (isComplete && receipts.length > 0) this.lastError = '';
      batch = isComplete && next && (await this.holdLease()) ? next : undefined;
    }
    await marking;
  }

  /** The broker's receipts for the events of a batch; none when they must be read again. */
  private async publishBatch(waiting: readonly Unpublished[], marking: Promise<unknown>): Promise<readonly Receipt[]> {
    if (waiting.length === 0 && !this.guard.isDue) return [];
    if (planted('mark-before-publish')) await this.store.markPublished(unconfirmed(waiting), this.guard.incarnation);
    if ((await this.guard.check(marking)) > 0) return this.again();
    if (waiting.length === 0) return [];
    failpoint('relay.before-publish');
    const lanes = planted('out-of-order-publish') ? waiting.toReversed().map((one) => [one]) : byAggregate(waiting);
    const receipts = (await Promise.all(lanes.map((lane) => this.publishLane(lane)))).flat();
    failpoint('relay.after-ack');
    return (await this.guard.isUnbroken(marking)) ? receipts : this.again();
  }

  /** Something waits that was not read: look at once. */
  private again(): readonly Receipt[] {
    this.woken = true;
    return [];
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

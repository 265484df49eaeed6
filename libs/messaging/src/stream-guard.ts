import type { PubAck } from '@nats-io/jetstream';
import type { Logger } from 'pino';
import type { Broker } from './broker.js';
import type { RelayStore } from './relay-store.js';

/** How often a quiet stream is looked at for having lost what it acknowledged, in milliseconds. */
export const GUARD_MS = 5_000;

/**
 * Notices a stream that lost what it had acknowledged: one that was made anew, one whose end lies before what was seen of it,
 * and one that gives a sequence number a second time. What it lost waits again then; consumers drop what they know.
 */
export class StreamGuard {
  private checkedAt = -Infinity;
  /** The stream's time of creation, which names one life of it; empty before the first look. */
  private life = '';
  /** The highest sequence number seen in this life. */
  private highest = 0;
  /** The lowest number that was given a second time. */
  private repeated: number | undefined;

  constructor(
    private readonly store: RelayStore,
    private readonly broker: Broker,
    private readonly logger: Logger,
    private readonly guardMs: number,
  ) {}

  /** Whether it is time to look although nothing waits to be published. */
  get isDue(): boolean {
    return performance.now() - this.checkedAt > this.guardMs;
  }

  /** The life of the stream that was last seen. */
  get incarnation(): string {
    return this.life;
  }

  /**
   * Looks before anything is published; makes the stream if it is missing. Returns how many events wait again. `marking`: marks
   * under way, which must be there before anything is made to wait again.
   */
  async check(marking: Promise<unknown>): Promise<number> {
    const { created, state } = await this.broker.ensureStream();
    const isWell = created === this.life && state.last_seq >= this.highest;
    const rearmed = isWell && !this.isDue ? 0 : await this.rearm(created, state.last_seq, marking);
    if (!isWell || this.isDue) this.checkedAt = performance.now();
    this.life = created;
    this.highest = state.last_seq;
    return rearmed;
  }

  /** Publishes with a look at the number that the stream gives: a new message's lies above all that were seen before it was sent. */
  async watch(publish: () => Promise<PubAck>): Promise<number> {
    const before = this.highest;
    const { seq, duplicate } = await publish();
    if (!duplicate && seq <= before) this.repeated = Math.min(seq, this.repeated ?? seq);
    this.highest = Math.max(this.highest, seq);
    return seq;
  }

  /**
   * After a batch: true when every number of it was new. Otherwise the stream was set back meanwhile; what it had from the repeated
   * number on waits again, and the batch must go out once more.
   */
  async isUnbroken(marking: Promise<unknown>): Promise<boolean> {
    if (this.repeated === undefined) return true;
    await this.rearm(this.life, this.repeated - 1, marking);
    this.repeated = undefined;
    this.highest = 0;
    return false;
  }

  private async rearm(incarnation: string, lastSeq: number, marking: Promise<unknown>): Promise<number> {
    await marking;
    const rearmed = await this.store.rearm({ incarnation, lastSeq });
    if (rearmed > 0) this.logger.error({ rearmed }, 'the broker lost what it had acknowledged: it is published again');
    return rearmed;
  }
}

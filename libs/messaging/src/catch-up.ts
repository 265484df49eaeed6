import { STREAM, type EventEnvelope } from '@graphdesk/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Broker } from './broker.js';
import { CatchUpStore, type Behind, type Claim } from './catch-up-store.js';
import { withoutThose, type HistoryClient } from './history-client.js';
import { AGGREGATES_PER_REQUEST, type Wanted } from './history-request.js';

/** A consumer of one aggregate type of one producer, and its way to apply an event. */
export interface Reader {
  readonly consumer: string;
  readonly source: { readonly service: string; readonly aggregateType: string };
  readonly take: (event: EventEnvelope) => Promise<unknown>;
}

/** How often to look whether the stream is another one or a comparison is due, in milliseconds. */
const LOOK_MS = 5_000;
/** From one routine comparison to the next, in milliseconds; each time a quarter more or less, so that consumers spread. */
const ROUTINE_MS = 300_000;
/** A producer that does not answer is asked again after this time, in milliseconds. */
const RETRY_MS = 3_000;
/** What is under way in the stream arrives within this time, in milliseconds; what does not is asked for. */
const PATIENCE_MS = 3_000;

/**
 * Makes consumers complete without the stream: compares, aggregate by aggregate, the last version that the producer has with the last
 * one applied here, and fetches what is missing. A consumer does so when it is new, when the stream was made anew, and every few
 * minutes, for holes in the middle of the stream that no later event would show. Beside the reading of the stream; what both bring
 * is applied once.
 */
export class CatchUp {
  private readonly store: CatchUpStore;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private readonly ending = new AbortController();

  constructor(
    pool: Pool,
    private readonly history: HistoryClient,
    private readonly broker: Broker,
    private readonly readers: readonly Reader[],
    private readonly logger: Logger,
    private readonly routineMs = ROUTINE_MS,
  ) {
    this.store = new CatchUpStore(pool);
  }

  start(): void {
    if (this.readers.length > 0) this.schedule(0);
  }

  /** Finishes the event under way; another process, or the next start, goes on from there. */
  async stop(): Promise<void> {
    this.ending.abort();
    clearTimeout(this.timer);
    await this.looking;
  }

  private schedule(inMs: number): void {
    this.timer = setTimeout(() => {
      this.looking = this.look()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'could not look for what consumers lack'))
        .then(() => {
          if (!this.ending.signal.aborted) this.schedule(Math.min(LOOK_MS, this.routineMs));
        });
    }, inMs);
  }

  private async look(): Promise<void> {
    await this.broker.ensureStream();
    const { created } = await this.broker.manager.streams.info(STREAM);
    await Promise.all(
      this.readers.map(async (reader) => {
        const claim = await this.store.claim(reader.consumer, created);
        if (claim) await this.compare(reader, claim);
      }),
    );
  }

  private async compare(reader: Reader, claim: Claim): Promise<void> {
    const { consumer, source } = reader;
    try {
      let { after } = claim;
      while (!this.ending.signal.aborted) {
        const heads = await this.history.heads(source.service, source.aggregateType, after);
        const last = heads.at(-1);
        if (!last) return await this.store.complete(consumer, this.routineMs * (0.75 + Math.random() / 2));
        let behind = await this.store.behind(consumer, heads);
        if (behind.length > 0 && claim.completed) behind = await this.stillBehind(consumer, behind);
        if (behind.length > 0) await this.fetch(reader, behind);
        after = last.aggregateId;
        await this.store.advance(consumer, after);
      }
      await this.store.giveBack(consumer, 0);
    } catch (error) {
      this.logger.info({ err: error, consumer }, 'could not compare with the producer; trying again');
      await this.store.giveBack(consumer, RETRY_MS);
    }
  }

  /** Of these, what did not come nearer by itself: the rest is under way. */
  private async stillBehind(consumer: string, behind: readonly Behind[]): Promise<readonly Behind[]> {
    const { signal } = this.ending;
    await delay(Math.min(PATIENCE_MS, this.routineMs), undefined, { signal }).catch(() => undefined);
    const before = new Map(behind.map((one) => [one.aggregateId, one.last]));
    const now = await this.store.behind(
      consumer,
      behind.map(({ aggregateId, head }) => ({ aggregateId, version: head })),
    );
    return now.filter(({ aggregateId, last }) => before.get(aggregateId) === last);
  }

  private async fetch(reader: Reader, behind: readonly Behind[]): Promise<void> {
    const log = { consumer: reader.consumer, aggregates: behind.length };
    this.logger.warn(log, 'events did not come through the stream; they are fetched from the producer');
    const all = behind.map(({ aggregateId, last, head }) => ({ aggregateId, from: last + 1, to: head }));
    for (let i = 0; i < all.length; i += AGGREGATES_PER_REQUEST) {
      await this.fetchSome(reader, all.slice(i, i + AGGREGATES_PER_REQUEST));
    }
  }

  private async fetchSome(reader: Reader, some: readonly Wanted[]): Promise<void> {
    let wanted = some;
    while (wanted.length > 0 && !this.ending.signal.aborted) {
      const events = await this.history.events(reader.source.service, wanted);
      if (events.length === 0) return;
      const failed = new Set<string>();
      for (const event of events) {
        if (this.ending.signal.aborted) return;
        if (!failed.has(event.subject) && !(await this.took(reader, event))) failed.add(event.subject);
      }
      wanted = withoutThose(wanted, events).filter(({ aggregateId }) => !failed.has(aggregateId));
    }
  }

  /** One that cannot be applied holds its own aggregate up, and no other; the next comparison tries again. */
  private async took(reader: Reader, event: EventEnvelope): Promise<boolean> {
    try {
      await reader.take(event);
      return true;
    } catch (error) {
      this.logger.error({ err: error, consumer: reader.consumer, eventId: event.id }, 'an event could not be applied');
      return false;
    }
  }
}

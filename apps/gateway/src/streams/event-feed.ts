import { setTimeout as pause } from 'node:timers/promises';
import { envelopeSchema, STREAM, type EventEnvelope } from '@graphdesk/contracts';
import { planted } from '@graphdesk/messaging';
import { DeliverPolicy, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import type { Logger } from 'pino';
import { BoundedQueue } from './bounded-queue.js';
import { incarnationOf, type EventStream } from './event-stream.js';
import { streamFault } from './stream-fault.js';

/** An event and its place in the stream. */
export interface StoredEvent {
  readonly sequence: number;
  readonly event: EventEnvelope;
}

export interface FeedOptions {
  readonly stream: EventStream;
  readonly log: Logger;
  /** One subject filter. */
  readonly subject: string;
  /** Events are read from the next sequence number on. */
  readonly after: number;
  readonly incarnation: string;
  readonly tenantId: string;
  readonly buffer: number;
  readonly stallMs: number;
}

const CONSUME = { max_messages: 64, expires: 2_000, idle_heartbeat: 500 } as const;
const WATCH_MS = 2_000;
const RETRY_MS = 250;

/**
 * The events of one subject filter, in the stream's order, without end and without loss: read by an ordered consumer that
 * is built anew from the last position whenever it breaks or falls silent while the stream goes on.
 */
export class EventFeed {
  readonly #options: FeedOptions;
  readonly #queue: BoundedQueue<StoredEvent>;
  readonly #ended = new AbortController();
  readonly #watchdog: NodeJS.Timeout;
  /** The last matching event that was read. */
  #last: number;
  /** Up to here the stream holds no matching event that was not read. */
  #passed: number;
  #missingSince: number | undefined;
  #messages: ConsumerMessages | undefined;
  /** What a planted bug does: it reads the past, ends, and joins what happens a moment later. */
  #joinsLate = false;
  readonly #running: Promise<void>;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#last = options.after;
    this.#passed = options.after;
    this.#queue = new BoundedQueue({
      size: options.buffer,
      stallMs: options.stallMs,
      stalled: () => streamFault('SUBSCRIPTION_OVERFLOW'),
    });
    this.#running = this.#run();
    this.#watchdog = setInterval(() => void this.#watch(), WATCH_MS).unref();
  }

  /** Fires when the feed has ended, by `close` or by a fault, and its consumer is being removed. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** The next event; undefined once the feed is closed. Throws the fault that ended it. */
  next(): Promise<StoredEvent | undefined> {
    return this.#queue.shift();
  }

  /** The next event if it was read already. */
  poll(): StoredEvent | undefined {
    return this.#queue.poll();
  }

  /** Ends the feed at once, also while `next` waits, and removes its consumer from the broker. */
  async close(): Promise<void> {
    this.#queue.close();
    this.#end();
    await this.#running;
  }

  #end(): void {
    clearInterval(this.#watchdog);
    this.#messages?.stop();
    this.#ended.abort();
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      try {
        await this.#consume();
      } catch (err) {
        this.#options.log.debug({ err }, 'event feed is built anew');
      }
      await pause(RETRY_MS, undefined, { signal: this.#ended.signal }).catch(() => undefined);
    }
  }

  async #consume(): Promise<void> {
    const { stream, subject } = this.#options;
    if (!(await this.#check())) return;
    const { js } = await stream.reader();
    const consumer = await js.consumers.get(STREAM, {
      filter_subjects: subject,
      ...(this.#joinsLate
        ? { deliver_policy: DeliverPolicy.New }
        : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: this.#passed + 1 }),
      inactive_threshold: 30_000,
    });
    try {
      this.#messages = await consumer.consume({ ...CONSUME });
      if (this.#ended.signal.aborted) this.#messages.stop();
      for await (const message of this.#messages) {
        if (message.seq <= this.#last) continue;
        const stored = this.#read(message);
        // Nobody will read the queue any more: a feed that went on would only make consumers and remove them.
        if (stored && !(await this.#queue.push(stored))) return this.#end();
        this.#last = message.seq;
        this.#passed = Math.max(this.#passed, message.seq);
        const pastIsRead = !this.#joinsLate && planted('cursor-hand-over-hole') && message.info.pending === 0;
        if (pastIsRead) return void (this.#joinsLate = true);
      }
    } finally {
      this.#messages?.stop();
      await consumer.delete().catch(() => undefined);
    }
  }

  /** Compares our place with the stream's; ends the feed when the place means nothing any more. */
  async #check(): Promise<boolean> {
    // Our place when we asked: an event may be read before the answer comes, which then tells of a stream without it.
    const [passed, last] = [this.#passed, this.#last];
    const info = await this.#options.stream.info();
    const { first_seq: first, last_seq: newest } = info.state;
    const sameStream = incarnationOf(info) === this.#options.incarnation;
    if (sameStream && first <= passed + 1 && newest >= last) return true;
    this.#queue.fail(streamFault('SUBSCRIPTION_CURSOR_EXPIRED'));
    this.#end();
    return false;
  }

  /** A consumer can fall silent without an error: compare what it gave with the newest event of the filter. */
  async #watch(): Promise<void> {
    if (this.#queue.length > 0 || !this.#messages) return;
    try {
      const { stream, subject } = this.#options;
      const { state } = await stream.info();
      if (state.last_seq <= this.#passed && state.last_seq >= this.#last) return;
      const { manager } = await stream.reader();
      const newest = await manager.streams.getMessage(STREAM, { last_by_subj: subject });
      if (newest === null || newest.seq <= this.#last) {
        if (await this.#check()) this.#passed = Math.max(this.#passed, state.last_seq);
        this.#missingSince = undefined;
      } else if (this.#missingSince === this.#last) {
        this.#messages.stop();
      } else {
        this.#missingSince = this.#last;
      }
    } catch (err) {
      this.#options.log.debug({ err }, 'event feed could not be checked');
    }
  }

  /** An event that names another tenant or service than its subject is nobody's: it is left out and logged. */
  #read(message: JsMsg): StoredEvent | undefined {
    const [, tenantId, service, aggregateType] = message.subject.split('.');
    try {
      const event = envelopeSchema.parse(message.json());
      const honest =
        event.tenantid === tenantId &&
        tenantId === this.#options.tenantId &&
        event.source === `/graphdesk/${service}` &&
        event.aggregatetype === aggregateType;
      if (!honest) throw new Error('the envelope does not fit its subject');
      return { sequence: message.seq, event };
    } catch (err) {
      this.#options.log.warn({ err, subject: message.subject, sequence: message.seq }, 'event left out');
      return undefined;
    }
  }
}

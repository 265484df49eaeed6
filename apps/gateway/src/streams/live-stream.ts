import { setTimeout as pause } from 'node:timers/promises';
import type { EventEnvelope } from '@graphdesk/contracts';
import type { ExecutionResult } from 'graphql';
import type { Limits } from '../limits.js';
import { maskInstance } from '../federation/masked-error.js';
import { executeForEvent, type EventExecution } from './event-execution.js';
import type { EventFeed, StoredEvent } from './event-feed.js';
import type { EventGate, Verdict } from './event-gate.js';
import type { StreamCursors } from './stream-cursor.js';
import type { StreamField } from './stream-fields.js';
import { isFault, streamFault } from './stream-fault.js';
import type { StreamPlan } from './stream-planner.js';

/** One message to a subscriber. */
export interface StreamResult extends ExecutionResult {
  readonly extensions: { readonly cursor: string; readonly eventId: string };
}

export interface LiveStreamOptions {
  readonly feed: EventFeed;
  readonly gate: EventGate;
  readonly plan: StreamPlan;
  readonly field: StreamField;
  readonly execution: EventExecution;
  readonly cursors: StreamCursors;
  readonly tenantId: string;
  readonly incarnation: string;
  readonly after: number;
  readonly limits: Pick<Limits, 'streamMemory' | 'streamPatienceMs'>;
}

/** An event whose result is being made. */
interface Begun {
  readonly sequence: number;
  readonly result: Promise<StreamResult | undefined>;
}

/** Events of one subscription under way at once; they are handed over in the stream's order. */
const AT_ONCE = 8;

const RETRY_MS = { first: 250, most: 2_000 };

/**
 * A subscriber's messages, one per event that passes the gate, in the stream's order. `return` ends it at once even while it
 * waits for an event (a generator function would wait for the next one first).
 */
export class LiveStream implements AsyncGenerator<StreamResult, void, void> {
  readonly #options: LiveStreamOptions;
  readonly #sent = new Set<string>();
  readonly #left = new AbortController();
  readonly #begun: Begun[] = [];
  /** The position up to which the subscriber has everything. */
  #handedOver: number;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
    this.#handedOver = options.after;
  }

  /** Fires when no event will come any more; what `next` says then may still be the reason. */
  get ended(): AbortSignal {
    return this.#options.feed.ended;
  }

  async next(): Promise<IteratorResult<StreamResult, void>> {
    try {
      while (!this.#left.signal.aborted) {
        const first = await this.#first();
        if (!first) break;
        const result = await first.result;
        if (this.#left.signal.aborted) break;
        this.#begun.shift();
        this.#handedOver = first.sequence;
        if (result) return { done: false, value: result };
      }
    } catch (error) {
      if (!this.#left.signal.aborted) throw this.#ending(error);
    }
    return this.return();
  }

  return(): Promise<IteratorResult<StreamResult, void>> {
    this.#left.abort();
    void this.#options.feed.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(): Promise<IteratorResult<StreamResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** The oldest event under way; begins those that wait behind it as well, so that a quick stream is not held to one at a time. */
  async #first(): Promise<Begun | undefined> {
    const { feed } = this.#options;
    if (this.#begun.length === 0) this.#begin(await feed.next());
    while (this.#begun.length > 0 && this.#begun.length < AT_ONCE && this.#begin(feed.poll()));
    return this.#begun[0];
  }

  #begin(stored: StoredEvent | undefined): boolean {
    if (!stored) return false;
    const result = this.#resultOf(stored);
    // Its error is met when its turn comes; until then nobody else listens.
    result.catch(() => undefined);
    this.#begun.push({ sequence: stored.sequence, result });
    return true;
  }

  async #resultOf({ event, sequence }: StoredEvent): Promise<StreamResult | undefined> {
    const { plan, field, execution } = this.#options;
    if (!this.#isNew(event)) return undefined;
    if ((await this.#verdict(event)) === 'drop') return undefined;
    const extensions = { cursor: this.#cursor(sequence), eventId: event.id };
    const { data, errors } = await executeForEvent(plan, field, event, execution);
    return { data: data ?? null, ...(errors && { errors: this.#masked(errors) }), extensions };
  }

  /** Asks the gate; while a service that decides cannot, the event waits rather than being lost or shown. */
  async #verdict(event: EventEnvelope): Promise<Exclude<Verdict, 'wait'>> {
    const { gate, execution, limits } = this.#options;
    const deadline = performance.now() + limits.streamPatienceMs;
    for (let wait = RETRY_MS.first; ; wait = Math.min(wait * 2, RETRY_MS.most)) {
      const verdict = await gate.judge(event, execution);
      if (verdict !== 'wait') return verdict;
      if (performance.now() + wait > deadline) throw streamFault('SUBSCRIPTION_INTERRUPTED');
      await pause(wait, undefined, { signal: this.#left.signal });
    }
  }

  /** The relay may store an event a second time after an outage; an (aggregate, revision) is sent once. */
  #isNew({ subject, subjectversion }: EventEnvelope): boolean {
    const key = `${subject}/${subjectversion}`;
    if (this.#sent.has(key)) return false;
    this.#sent.add(key);
    const [oldest] = this.#sent;
    if (this.#sent.size > this.#options.limits.streamMemory && oldest !== undefined) this.#sent.delete(oldest);
    return true;
  }

  #ending(error: unknown): unknown {
    void this.return();
    if (isFault(error, 'SUBSCRIPTION_CURSOR_EXPIRED')) return error;
    const resumeAfter = this.#cursor(this.#handedOver);
    if (isFault(error, 'SUBSCRIPTION_OVERFLOW')) return streamFault('SUBSCRIPTION_OVERFLOW', { resumeAfter });
    if (!isFault(error, 'SUBSCRIPTION_INTERRUPTED'))
      this.#options.execution.log.error({ err: error }, 'subscription ended');
    return streamFault('SUBSCRIPTION_INTERRUPTED', { resumeAfter });
  }

  #masked(errors: NonNullable<ExecutionResult['errors']>): ReturnType<typeof maskInstance>[] {
    return errors.map((error) => maskInstance(error, this.#options.execution.log));
  }

  #cursor(sequence: number): string {
    const { cursors, tenantId, incarnation } = this.#options;
    return cursors.write({ tenantId, incarnation, sequence });
  }
}

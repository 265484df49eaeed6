import { headsSubject, historySubject } from '@graphdesk/contracts';
import type { Msg, Subscription } from '@nats-io/nats-core';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Broker } from './broker.js';
import { headsRequestSchema, historyRequestSchema } from './history-request.js';
import { HistoryStore } from './history-store.js';

/** Requests that wait at most; above that the asker hears nothing and asks again. */
const QUEUE_LIMIT = 64;

/**
 * As a producer: tells others how far its aggregates have come, and gives them what was recorded. One answer at a time, so that a
 * reader of the whole history takes little from those who work.
 */
export class HistoryResponder {
  private readonly store: HistoryStore;
  private subscriptions: readonly Subscription[] = [];
  private answering: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly service: string,
    pool: Pool,
    private readonly broker: Broker,
    private readonly logger: Logger,
  ) {
    this.store = new HistoryStore(pool);
  }

  start(): void {
    this.subscriptions = [
      this.answer(headsSubject(this.service), (request) => {
        const { aggregateType, after } = headsRequestSchema.parse(request);
        return this.store.heads(aggregateType, after);
      }),
      this.answer(historySubject(this.service), (request) =>
        this.store.events(historyRequestSchema.parse(request).wanted),
      ),
    ];
  }

  async stop(): Promise<void> {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    await this.answering;
  }

  private answer(subject: string, find: (request: unknown) => Promise<unknown>): Subscription {
    return this.broker.connection.subscribe(subject, {
      queue: this.service,
      callback: (error, message) => {
        if (error || this.waiting >= QUEUE_LIMIT) return;
        this.waiting += 1;
        this.answering = this.answering.then(() => this.reply(message, find));
      },
    });
  }

  private async reply(message: Msg, find: (request: unknown) => Promise<unknown>): Promise<void> {
    try {
      message.respond(JSON.stringify(await find(message.json())));
    } catch (error) {
      this.logger.warn({ err: error, subject: message.subject }, 'could not answer a request for events');
    } finally {
      this.waiting -= 1;
    }
  }
}

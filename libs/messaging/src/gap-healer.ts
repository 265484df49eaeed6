import { envelopeSchema, refetchSubject, type EventEnvelope } from '@graphdesk/contracts';
import type { Subscription } from '@nats-io/nats-core';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Broker } from './broker.js';
import type { Inbox } from './inbox.js';
import { RelayStore } from './relay-store.js';

/** A gap younger than this usually closes by itself, in milliseconds. */
const PATIENCE_MS = 1_000;
const SWEEP_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;
const EVENTS_PER_REPLY = 100;

const requestSchema = z.object({ aggregateId: z.string(), fromVersion: z.int().min(1) });

interface Waiting {
  readonly consumer: string;
  readonly tenant_id: string;
  readonly aggregate_id: string;
  readonly source: string;
  readonly last: number;
}

/**
 * Events that wait for an earlier one which does not come: asks the producer for the missing versions from its outbox and
 * applies them. The same sweep applies what waited for a contract that this build now knows.
 */
export class GapHealer {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private responder: Subscription | undefined;

  constructor(
    private readonly service: string,
    private readonly pool: Pool,
    private readonly broker: Broker,
    private readonly inboxes: ReadonlyMap<string, Inbox>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.answerOthers();
    this.schedule();
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.responder?.unsubscribe();
    await this.sweeping;
  }

  /** As a producer: reply to `gdrpc.<service>.refetch` with an aggregate's events from a version on. */
  private answerOthers(): void {
    const outbox = new RelayStore(this.pool, 'gap-healer');
    this.responder = this.broker.connection.subscribe(refetchSubject(this.service), {
      queue: this.service,
      callback: (error, message) => {
        if (error) return;
        const answer = async (): Promise<void> => {
          const { aggregateId, fromVersion } = requestSchema.parse(message.json());
          message.respond(JSON.stringify(await outbox.eventsFrom(aggregateId, fromVersion, EVENTS_PER_REPLY)));
        };
        answer().catch((cause: unknown) => this.logger.warn({ err: cause }, 'could not answer a request for events'));
      },
    });
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'could not look for gaps'))
        .then(() => {
          if (this.timer) this.schedule();
        });
    }, SWEEP_MS);
  }

  private async sweep(): Promise<void> {
    const { rows } = await this.pool.query<Waiting>(
      `SELECT p.consumer, p.tenant_id, p.aggregate_id, min(p.envelope->>'source') AS source,
              coalesce(max(i.version), 0)::int AS last
       FROM inbox_pending p LEFT JOIN inbox_position i USING (consumer, aggregate_id)
       GROUP BY p.consumer, p.tenant_id, p.aggregate_id
       HAVING min(p.parked_at) < now() - $1 * interval '1 ms' LIMIT 100`,
      [PATIENCE_MS],
    );
    for (const row of rows) await this.heal(row);
  }

  private async heal(waiting: Waiting): Promise<void> {
    const inbox = this.inboxes.get(waiting.consumer);
    if (!inbox) return;
    for (const event of await this.missing(waiting)) await inbox.take(event);
    await inbox.resume(waiting.tenant_id, waiting.aggregate_id);
  }

  private async missing(waiting: Waiting): Promise<readonly EventEnvelope[]> {
    const producer = waiting.source.split('/').at(-1) ?? '';
    try {
      const reply = await this.broker.connection.request(
        refetchSubject(producer),
        JSON.stringify({ aggregateId: waiting.aggregate_id, fromVersion: waiting.last + 1 }),
        { timeout: REQUEST_TIMEOUT_MS },
      );
      const events = z.array(envelopeSchema).parse(reply.json());
      this.logger.warn({ ...waiting, found: events.length }, 'asked the producer for missing events');
      return events;
    } catch (error) {
      this.logger.warn({ ...waiting, err: error }, 'the producer does not answer for missing events; asking again');
      return [];
    }
  }
}

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
/** One reply fits into one message of the broker. */
const BYTES_PER_REPLY = 512 * 1024;
/** Waits between two tries for one aggregate, in milliseconds; the last one repeats. */
const BACKOFF_MS = [1_000, 5_000, 30_000, 120_000];

const requestSchema = z.object({ aggregateId: z.string(), fromVersion: z.int().min(1) });

interface Waiting {
  readonly consumer: string;
  readonly tenant_id: string;
  readonly aggregate_id: string;
  readonly source: string;
  /** The last version applied, and the first that waits. */
  readonly last: number;
  readonly first: number;
}

/**
 * Events that wait for an earlier one which does not come: asks the producer for the missing versions from its outbox and
 * applies them. The same sweep applies what waited for a contract that this build now knows.
 */
export class GapHealer {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private responder: Subscription | undefined;
  /** Aggregates that could not be healed, by consumer and id. */
  private readonly pauses = new Map<string, { tries: number; until: number }>();

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
          const events = await outbox.eventsFrom(aggregateId, fromVersion, EVENTS_PER_REPLY);
          message.respond(JSON.stringify(fitting(events)));
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

  /** One round over what waits, the longest first. An aggregate that cannot be healed pauses; the others are not held up. */
  private async sweep(): Promise<void> {
    const now = performance.now();
    const pausing = [...this.pauses].filter(([, pause]) => pause.until > now).map(([key]) => key);
    const { rows } = await this.pool.query<Waiting>(
      `SELECT p.consumer, p.tenant_id, p.aggregate_id, min(p.envelope->>'source') AS source,
              coalesce(max(i.version), 0)::int AS last, min(p.aggregate_version)::int AS first
       FROM inbox_pending p LEFT JOIN inbox_position i USING (consumer, aggregate_id)
       WHERE p.consumer || ' ' || p.aggregate_id <> ALL ($2)
       GROUP BY p.consumer, p.tenant_id, p.aggregate_id
       HAVING min(p.parked_at) < now() - $1 * interval '1 ms'
       ORDER BY min(p.parked_at) LIMIT 100`,
      [PATIENCE_MS, pausing],
    );
    for (const row of rows) {
      const key = `${row.consumer} ${row.aggregate_id}`;
      try {
        await this.heal(row);
      } catch (error) {
        this.logger.error({ err: error, ...row }, 'parked events cannot be applied yet; trying again later');
      }
      if (await this.stillWaits(row)) this.pause(key);
      else this.pauses.delete(key);
    }
  }

  private async stillWaits({ consumer, aggregate_id: aggregateId }: Waiting): Promise<boolean> {
    const query = 'SELECT FROM inbox_pending WHERE consumer = $1 AND aggregate_id = $2 LIMIT 1';
    return (await this.pool.query(query, [consumer, aggregateId])).rowCount === 1;
  }

  private pause(key: string): void {
    const tries = (this.pauses.get(key)?.tries ?? 0) + 1;
    const wait = BACKOFF_MS[Math.min(tries, BACKOFF_MS.length) - 1] ?? 0;
    this.pauses.set(key, { tries, until: performance.now() + wait });
  }

  private async heal(waiting: Waiting): Promise<void> {
    const inbox = this.inboxes.get(waiting.consumer);
    if (!inbox) return;
    if (waiting.first > waiting.last + 1) {
      for (const event of await this.missing(waiting)) await inbox.take(event);
    }
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

/** As many of the events, in order, as fit into one reply; at least the first. */
function fitting(events: readonly EventEnvelope[]): readonly EventEnvelope[] {
  let bytes = 0;
  const end = events.findIndex((event) => (bytes += Buffer.byteLength(JSON.stringify(event))) > BYTES_PER_REPLY);
  return end === -1 ? events : events.slice(0, Math.max(1, end));
}

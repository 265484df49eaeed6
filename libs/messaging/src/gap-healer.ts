import type { EventEnvelope } from '@graphdesk/contracts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { HistoryClient } from './history-client.js';
import type { Delivery } from './delivery.js';

/** A gap younger than this usually closes by itself, in milliseconds. */
const PATIENCE_MS = 1_000;
const SWEEP_MS = 1_000;
/** Waits between two tries for one aggregate, in milliseconds; the last one repeats. */
const BACKOFF_MS = [1_000, 5_000, 30_000, 120_000];

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
 * Events that wait for an earlier one which does not come: asks the producer for the missing versions and applies
 * them. The same sweep applies what waited for a contract that this build now knows, or for the end of a rebuild.
 */
export class GapHealer {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  /** Aggregates that could not be healed, by consumer and id. */
  private readonly pauses = new Map<string, { tries: number; until: number }>();

  constructor(
    private readonly pool: Pool,
    private readonly history: HistoryClient,
    private readonly deliveries: ReadonlyMap<string, Delivery>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.schedule();
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.sweeping;
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
      if (await this.isStuck(row)) this.pause(key);
      else this.pauses.delete(key);
    }
  }

  /** Something still waits for what waited before; what came meanwhile, after progress, does not count. */
  private async isStuck({ consumer, aggregate_id: aggregateId, last }: Waiting): Promise<boolean> {
    const query = `SELECT FROM inbox_pending p LEFT JOIN inbox_position i USING (consumer, aggregate_id)
                   WHERE consumer = $1 AND aggregate_id = $2 AND coalesce(i.version, 0) = $3 LIMIT 1`;
    return (await this.pool.query(query, [consumer, aggregateId, last])).rowCount === 1;
  }

  private pause(key: string): void {
    const tries = (this.pauses.get(key)?.tries ?? 0) + 1;
    const wait = BACKOFF_MS[Math.min(tries, BACKOFF_MS.length) - 1] ?? 0;
    this.pauses.set(key, { tries, until: performance.now() + wait });
  }

  private async heal(waiting: Waiting): Promise<void> {
    const delivery = this.deliveries.get(waiting.consumer);
    if (!delivery) return;
    if (waiting.first > waiting.last + 1) {
      for (const event of await this.missing(waiting)) await delivery.take(event);
    }
    await delivery.resume(waiting.tenant_id, waiting.aggregate_id);
  }

  private async missing(waiting: Waiting): Promise<readonly EventEnvelope[]> {
    const producer = waiting.source.split('/').at(-1) ?? '';
    const wanted = { aggregateId: waiting.aggregate_id, from: waiting.last + 1, to: waiting.first - 1 };
    try {
      const events = await this.history.events(producer, [wanted]);
      this.logger.warn({ ...waiting, found: events.length }, 'asked the producer for missing events');
      return events;
    } catch (error) {
      this.logger.warn({ ...waiting, err: error }, 'the producer does not answer for missing events; asking again');
      return [];
    }
  }
}

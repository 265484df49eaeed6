import type { EventEnvelope } from '@graphdesk/contracts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { HistoryClient } from './history-client.js';
import type { Delivery } from './delivery.js';
import { WAITING, type Waiting } from './waiting-aggregate.js';

/** A gap younger than this usually closes by itself, in milliseconds. */
const PATIENCE_MS = 1_000;
const SWEEP_MS = 1_000;
/** Aggregates per statement, and tried per sweep at most; statements per sweep. What is left is looked at in the next one. */
const PAGE = 100;
const PAGES_PER_SWEEP = 20;
/** Waits between two tries for one aggregate, in milliseconds; the last one repeats. */
const BACKOFF_MS = [1_000, 5_000, 30_000, 120_000];
/** A pause that ended so long ago and was not followed by another is of no use any more, in milliseconds. */
const FORGET_MS = 3_600_000;

/**
 * Events that wait for an earlier one which does not come: asks the producer for the missing versions and applies
 * them. The same sweep applies what waited for a contract that this build now knows, or for the end of a rebuild.
 */
export class GapHealer {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  /** Aggregates that could not be healed, by consumer and id. */
  private readonly pauses = new Map<string, { tries: number; until: number }>();
  /** Where the round over all that waits has come to: a consumer and an aggregate of it. */
  private after: readonly [string, string] = ['', ''];

  constructor(
    private readonly pool: Pool,
    private readonly history: HistoryClient,
    private readonly deliveries: ReadonlyMap<string, Delivery>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.schedule();
  }

  /** Finishes the aggregate at hand; the others wait for the next start, or another process. */
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

  /**
   * Goes on with the round over what waits, some pages of it: however much that is, a sweep costs no more. An aggregate that cannot be
   * healed pauses; the others are not held up.
   */
  private async sweep(): Promise<void> {
    let tried = 0;
    for (let page = 0; page < PAGES_PER_SWEEP && tried < PAGE; page += 1) {
      const { rows } = await this.pool.query<Waiting>(WAITING, [...this.after, PATIENCE_MS, PAGE]);
      for (const row of rows) {
        if (!this.timer) return;
        if (row.due && !this.isPausing(row)) {
          tried += 1;
          await this.tryToHeal(row);
        }
      }
      const last = rows.length === PAGE ? rows.at(-1) : undefined;
      this.after = last ? [last.consumer, last.aggregate_id] : ['', ''];
      if (!last) return this.forgetOldPauses();
    }
  }

  private async tryToHeal(row: Waiting): Promise<void> {
    try {
      await this.heal(row);
    } catch (error) {
      this.logger.error({ err: error, ...row }, 'parked events cannot be applied yet; trying again later');
    }
    if (await this.isStuck(row)) this.pause(keyOf(row));
    else this.pauses.delete(keyOf(row));
  }

  private isPausing(row: Waiting): boolean {
    return (this.pauses.get(keyOf(row))?.until ?? 0) > performance.now();
  }

  /** What waits no more, because another process healed it, is not met again. */
  private forgetOldPauses(): void {
    const old = performance.now() - FORGET_MS;
    for (const [key, { until }] of this.pauses) if (until < old) this.pauses.delete(key);
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

const keyOf = ({ consumer, aggregate_id: aggregateId }: Waiting): string => `${consumer} ${aggregateId}`;

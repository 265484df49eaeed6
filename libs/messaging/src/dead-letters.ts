import type { TenantDatabase } from '@graphdesk/database';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { listOf, ONE, type DeadLetter, type DeadLetterPage } from './dead-letter.js';
import type { Delivery } from './delivery.js';

/** A redrive begins no event after this time, in milliseconds; what is left then follows by itself. The gateway waits 5 s for an answer. */
const REDRIVE_MS = 3_000;

/** What came of a redrive: how many events took effect, and what still waits, if anything. */
export interface Redriven {
  readonly applied: number;
  readonly parked: DeadLetter | undefined;
}

/** The events of one service that wait because they cannot be applied: shows them, and has them tried again. */
export class DeadLetters {
  private deliveries: ReadonlyMap<string, Delivery> = new Map();

  constructor(
    private readonly database: TenantDatabase,
    private readonly engine: Pool,
    private readonly logger: Logger,
  ) {}

  /** Says how events of each consumer are applied; until then nothing can be redriven. */
  redriveThrough(deliveries: ReadonlyMap<string, Delivery>): void {
    this.deliveries = deliveries;
  }

  /** Those of all tenants or of one, without any content: a page of them, by consumer and aggregate. */
  async ofAll(page: DeadLetterPage, tenantId: string | null): Promise<DeadLetter[]> {
    return (await this.engine.query<DeadLetter>(listOf(false), valuesOf(page, tenantId))).rows;
  }

  /** Those of one tenant with their content, through the tenant's wall. */
  async ofTenant(page: DeadLetterPage, tenantId: string): Promise<DeadLetter[]> {
    return this.database.transaction(tenantId, (tx) => tx.query<DeadLetter[]>(listOf(true), valuesOf(page, tenantId)));
  }

  /**
   * Applies what waits of an aggregate, in order and through the inbox, so nothing takes effect twice whoever else is at it. Who asked
   * and what came of it stay in the table `redrive`, also when the process ends under it. Undefined when nothing waits there.
   */
  async redrive(actorId: string, consumer: string, aggregateId: string): Promise<Redriven | undefined> {
    const head = await this.one(consumer, aggregateId);
    const delivery = this.deliveries.get(consumer);
    if (!head || !delivery) return undefined;
    const id = await this.noteBegin(actorId, head);
    const applied = await delivery.redrive(head.tenantId, aggregateId, REDRIVE_MS);
    const parked = await this.one(consumer, aggregateId);
    const remaining = parked ? parked.waiting + 1 : 0;
    await this.database.transaction(head.tenantId, (tx) =>
      tx.query('UPDATE redrive SET finished_at = clock_timestamp(), applied = $2, remaining = $3 WHERE id = $1', [
        id,
        applied,
        remaining,
      ]),
    );
    const about = { consumer, aggregateId, tenantId: head.tenantId, eventId: head.id, reason: head.reason };
    this.logger.info({ event: 'event-redriven', actorId, ...about, applied, remaining }, 'parked events were redriven');
    return { applied, parked };
  }

  private async one(consumer: string, aggregateId: string): Promise<DeadLetter | undefined> {
    return (await this.engine.query<DeadLetter>(ONE, [consumer, aggregateId])).rows[0];
  }

  private async noteBegin(actorId: string, head: DeadLetter): Promise<string> {
    const [row] = await this.database.transaction(head.tenantId, (tx) =>
      tx.query<{ id: string }[]>(
        `INSERT INTO redrive (tenant_id, consumer, aggregate_id, event_id, reason, requested_by)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
        [head.tenantId, head.consumer, head.aggregateId, head.id, head.reason, actorId],
      ),
    );
    if (!row) throw new Error('the redrive was not noted');
    return row.id;
  }
}

function valuesOf({ after, limit }: DeadLetterPage, tenantId: string | null): (string | number | null)[] {
  return [after?.consumer ?? '', after?.aggregateId ?? '', tenantId, limit];
}

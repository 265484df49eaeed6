import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { AlertRecord } from './alert.record.js';

/** A statement takes 65,535 parameters at most. */
const ROWS_PER_STATEMENT = 1_000;

/** The only writer of alerts and of the deliveries that told of them. */
@Injectable()
export class AlertsRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Keeps a delivery as it came. False when the very same one is on record already; a second waits for the first to commit. */
  async keepDelivery(delivery: {
    readonly tenantId: string;
    readonly sourceId: string;
    readonly digest: string;
    readonly body: string;
    readonly receivedAt: Date;
  }): Promise<boolean> {
    const rows = await this.database.transaction(delivery.tenantId, (tx) =>
      tx.query<unknown[]>(
        `INSERT INTO intake_delivery (tenant_id, source_id, digest, body, received_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING 1`,
        [delivery.tenantId, delivery.sourceId, delivery.digest, delivery.body, delivery.receivedAt],
      ),
    );
    return rows.length === 1;
  }

  /** Stores episodes that are new. */
  async open(tenantId: string, alerts: readonly Omit<AlertRecord, 'tenantId'>[]): Promise<void> {
    if (alerts.length === 0) return;
    await this.database.transaction(tenantId, async (tx) => {
      for (let done = 0; done < alerts.length; done += ROWS_PER_STATEMENT) {
        const rows = alerts.slice(done, done + ROWS_PER_STATEMENT).map((alert) => ({ ...alert, tenantId }));
        await tx.insert(AlertRecord, rows);
      }
    });
  }

  /** Ends episodes on record. */
  async clear(tenantId: string, cleared: readonly { readonly id: string; readonly endsAt: Date }[]): Promise<void> {
    if (cleared.length === 0) return;
    await this.database.transaction(tenantId, (tx) =>
      tx.query(
        `UPDATE alert SET status = 'RESOLVED', ends_at = cleared.ends_at
         FROM unnest($1::text[], $2::timestamptz[]) AS cleared (id, ends_at) WHERE alert.id = cleared.id`,
        [cleared.map((one) => one.id), cleared.map((one) => one.endsAt)],
      ),
    );
  }

  /** How many alerts of each incident fire, by what is on record. */
  async firing(tenantId: string, incidentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.transaction(tenantId, (tx) =>
      tx
        .createQueryBuilder(AlertRecord, 'alert')
        .select('alert.incident_id', 'incident')
        .addSelect('count(*)::int', 'firing')
        .where({ status: 'FIRING', incidentId: In([...incidentIds]) })
        .groupBy('alert.incident_id')
        .getRawMany<{ incident: string; firing: number }>(),
    );
    return new Map(rows.map((row) => [row.incident, row.firing]));
  }
}

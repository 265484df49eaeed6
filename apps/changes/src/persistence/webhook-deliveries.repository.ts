import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';

/** Which deliveries of a webhook source took effect. */
@Injectable()
export class WebhookDeliveriesRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Takes a delivery in the transaction of its effect; false when it was taken before. */
  async take(actor: Actor, sourceId: string, deliveryId: string, at: Date): Promise<boolean> {
    const taken = await this.database.transaction(actor.tenantId, (tx) =>
      tx.query<unknown[]>(
        `INSERT INTO webhook_delivery (source_id, delivery_id, tenant_id, taken_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING RETURNING 1`,
        [sourceId, deliveryId, actor.tenantId, at],
      ),
    );
    return taken.length > 0;
  }
}

import { tenantRegisteredV1, tenantUpdatedV1, type EventOf, type TenantUpdatedV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TenantRecord } from './tenant.record.js';

/** The only writer of our copy of the tenant's settings. */
@Injectable()
export class TenantsProjector implements Reacts {
  readonly projects = [TenantRecord];

  readonly reactions: readonly Reaction[] = [reaction(tenantRegisteredV1, copy), reaction(tenantUpdatedV1, copy)];
}

async function copy(event: EventOf<TenantUpdatedV1>, tx: EntityManager): Promise<void> {
  const { serviceDeskLeadId } = event.data;
  const row = { id: event.subject, tenantId: event.tenantid, serviceDeskLeadId };
  await tx.upsert(TenantRecord, row, ['id']);
}

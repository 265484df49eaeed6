import { tenantRegisteredV1 } from '@graphdesk/contracts';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { KnownTenantRecord } from './known-tenant.record.js';

/** The only writer of known tenants. */
@Injectable()
export class TenantsProjector implements Reacts {
  readonly projects = [KnownTenantRecord];

  readonly reactions = [
    reaction(tenantRegisteredV1, async (event, tx) => {
      await tx.upsert(KnownTenantRecord, { id: event.subject, tenantId: event.tenantid }, ['id']);
    }),
  ];
}

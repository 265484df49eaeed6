import { serviceRegisteredV1, serviceUpdatedV1, type EventOf, type ServiceUpdatedV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ServiceRecord } from './service.record.js';

/** The only writer of our copy of the catalog's services. */
@Injectable()
export class ServicesProjector implements Reacts {
  readonly projects = [ServiceRecord];

  readonly reactions: readonly Reaction[] = [reaction(serviceRegisteredV1, copy), reaction(serviceUpdatedV1, copy)];
}

async function copy(event: EventOf<ServiceUpdatedV1>, tx: EntityManager): Promise<void> {
  const { key, name, tier, accountablePersonId, dependsOn } = event.data;
  const row = { id: event.subject, tenantId: event.tenantid, key, name, tier, accountablePersonId, dependsOn };
  await tx.upsert(ServiceRecord, row, ['id']);
}

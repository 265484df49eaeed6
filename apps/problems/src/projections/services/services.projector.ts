import { serviceRegisteredV1, serviceUpdatedV1, type EventOf, type ServiceRegisteredV1 } from '@graphdesk/contracts';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ServiceRecord } from './service.record.js';

/** The only writer of what this service knows of the catalog. */
@Injectable()
export class ServicesProjector implements Reacts {
  readonly projects = [ServiceRecord];

  readonly reactions = [reaction(serviceRegisteredV1, describe), reaction(serviceUpdatedV1, describe)];
}

async function describe(event: EventOf<ServiceRegisteredV1>, tx: EntityManager): Promise<void> {
  await tx.upsert(ServiceRecord, { id: event.subject, tenantId: event.tenantid, name: event.data.name }, ['id']);
}

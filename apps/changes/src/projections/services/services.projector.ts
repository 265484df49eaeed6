import { serviceRegisteredV1, serviceUpdatedV1, type EventOf } from '@graphdesk/contracts';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownServiceRecord } from './known-service.record.js';

/** The only writer of known services. */
@Injectable()
export class ServicesProjector implements Reacts {
  readonly projects = [KnownServiceRecord];

  readonly reactions = [reaction(serviceRegisteredV1, remember), reaction(serviceUpdatedV1, remember)];
}

async function remember(event: EventOf<{ key: string; dependsOn: string[] }>, tx: EntityManager): Promise<void> {
  const { key, dependsOn } = event.data;
  await tx.upsert(KnownServiceRecord, { id: event.subject, tenantId: event.tenantid, key, dependsOn }, ['id']);
}

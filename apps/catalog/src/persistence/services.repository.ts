import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { ServiceFact } from '../domain/catalog-facts.js';
import { publishService } from '../published-events.js';
import { ServiceRecord } from './service.record.js';

/** The only writer of services. */
@Injectable()
export class ServicesRepository extends WritePath<ServiceRecord, ServiceFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, ServiceRecord, publishService);
  }
}

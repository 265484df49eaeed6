import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { IntakeSourceFact } from '../domain/intake-source.js';
import { publishIntakeSource } from '../published-events.js';
import { IntakeSourceRecord } from './intake-source.record.js';

/** The only writer of intake sources. */
@Injectable()
export class IntakeSourcesRepository extends WritePath<IntakeSourceRecord, IntakeSourceFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, IntakeSourceRecord, publishIntakeSource);
  }
}

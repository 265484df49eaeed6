import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { UpdateFact } from '../domain/update-facts.js';
import { publishUpdate } from '../published-events.js';
import { StakeholderUpdateRecord } from './stakeholder-update.record.js';

/** The only writer of updates. */
@Injectable()
export class StakeholderUpdatesRepository extends WritePath<StakeholderUpdateRecord, UpdateFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, StakeholderUpdateRecord, publishUpdate);
  }
}

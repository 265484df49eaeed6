import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { SearchFact } from '../domain/suspect-search.js';
import { publishSearch } from '../published-events.js';
import { SuspectSearchRecord } from './suspect-search.record.js';

/** The only writer of searches for suspects. */
@Injectable()
export class SuspectSearchesRepository extends WritePath<SuspectSearchRecord, SearchFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, SuspectSearchRecord, publishSearch);
  }
}

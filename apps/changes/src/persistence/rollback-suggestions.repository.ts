import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { rollbackWork, type RollbackFact } from '../domain/rollback-suggestion.js';
import { publishRollback } from '../published-events.js';
import { RollbackSuggestionRecord } from './rollback-suggestion.record.js';

/** The only writer of rollback suggestions. */
@Injectable()
export class RollbackSuggestionsRepository extends WritePath<RollbackSuggestionRecord, RollbackFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, RollbackSuggestionRecord, publishRollback, rollbackWork);
  }
}

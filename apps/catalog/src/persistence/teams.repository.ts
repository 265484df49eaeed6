import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { TeamFact } from '../domain/catalog-facts.js';
import { publishTeam } from '../published-events.js';
import { TeamRecord } from './team.record.js';

/** The only writer of teams. */
@Injectable()
export class TeamsRepository extends WritePath<TeamRecord, TeamFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, TeamRecord, publishTeam);
  }
}

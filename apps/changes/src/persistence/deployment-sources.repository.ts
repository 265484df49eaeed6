import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { SourceFact } from '../domain/deployment-source.js';
import { publishSource } from '../published-events.js';
import { DeploymentSourceRecord } from './deployment-source.record.js';

/** The only writer of deployment sources. */
@Injectable()
export class DeploymentSourcesRepository extends WritePath<DeploymentSourceRecord, SourceFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, DeploymentSourceRecord, publishSource);
  }
}

import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { PolicyRevised } from '../domain/sla-policy.js';
import { publishPolicy } from '../published-events.js';
import { SlaPolicyRecord } from './sla-policy.record.js';

/** The only writer of policies. */
@Injectable()
export class SlaPoliciesRepository extends WritePath<SlaPolicyRecord, PolicyRevised> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, SlaPolicyRecord, publishPolicy);
  }
}

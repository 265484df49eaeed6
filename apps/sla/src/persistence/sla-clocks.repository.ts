import { TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { ClockFact } from '../domain/clock-facts.js';
import { clockWork } from '../domain/clock-work.js';
import { publishClock } from '../published-events.js';
import { SlaClockRecord } from './sla-clock.record.js';

/** The only writer of clocks. */
@Injectable()
export class SlaClocksRepository extends WritePath<SlaClockRecord, ClockFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, SlaClockRecord, publishClock, clockWork);
  }
}

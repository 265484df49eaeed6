import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { may } from '../domain/update-permissions.js';
import { TimelineEntryRecord } from './timeline-entry.record.js';

/** What happened to updates, notifications and subscribers. No entry holds an address. */
@Injectable()
export class TimelinesReader {
  constructor(private readonly database: TenantDatabase) {}

  async timelinesOf(actor: Actor, aggregateIds: readonly string[]): Promise<TimelineEntryRecord[]> {
    if (aggregateIds.length === 0 || !may(actor, 'read')) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(TimelineEntryRecord, { where: { aggregateId: In([...aggregateIds]) }, order: { version: 'ASC' } }),
    );
  }
}

import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { TimelineEntryRecord } from './timeline-entry.record.js';

/** How many entries a timeline shows at most, the latest. */
export const TIMELINE_LIMIT = 500;

/** Queries of timelines. */
@Injectable()
export class TimelineReader {
  constructor(private readonly database: TenantDatabase) {}

  /** Timelines of incidents that the caller was already shown, in order; the latest {@link TIMELINE_LIMIT} entries of each. */
  async ofIncidents(actor: Actor, incidentIds: readonly string[]): Promise<TimelineEntryRecord[]> {
    return this.database.transaction(actor.tenantId, (tx) =>
      tx
        .createQueryBuilder(TimelineEntryRecord, 'entry')
        .where(
          `entry.event_id IN (SELECT latest.event_id FROM unnest(ARRAY[:...incidentIds]::text[]) AS wanted, LATERAL (
            SELECT t.event_id FROM timeline_entry t WHERE t.aggregate_id = wanted ORDER BY t.version DESC LIMIT ${TIMELINE_LIMIT}
          ) AS latest)`,
          { incidentIds: [...incidentIds] },
        )
        .orderBy('entry.aggregate_id')
        .addOrderBy('entry.version')
        .getMany(),
    );
  }

  /** Whether something that happened elsewhere stands on the timeline already. */
  async isAnnotated(tenantId: string, incidentId: string, about: string, referenceId: string): Promise<boolean> {
    return this.database.transaction(tenantId, (tx) =>
      tx
        .createQueryBuilder(TimelineEntryRecord, 'entry')
        .where({ aggregateId: incidentId, kind: 'INCIDENT_ANNOTATED' })
        .andWhere(`entry.detail->>'kind' = :about AND entry.detail->>'referenceId' = :referenceId`, {
          about,
          referenceId,
        })
        .getExists(),
    );
  }
}

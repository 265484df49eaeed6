import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { AlertRecord } from './alert.record.js';

/** How many alerts an incident shows at most, the newest first. */
export const ALERTS_LIMIT = 200;

/** Queries of alerts. */
@Injectable()
export class AlertsReader {
  constructor(private readonly database: TenantDatabase) {}

  /** Alerts of incidents that the caller was already shown, the newest {@link ALERTS_LIMIT} of each. */
  async ofIncidents(actor: Actor, incidentIds: readonly string[]): Promise<AlertRecord[]> {
    return this.database.transaction(actor.tenantId, (tx) =>
      tx
        .createQueryBuilder(AlertRecord, 'alert')
        .where(
          `alert.id IN (SELECT newest.id FROM unnest(ARRAY[:...incidentIds]::text[]) AS wanted, LATERAL (
            SELECT a.id FROM alert a WHERE a.incident_id = wanted ORDER BY a.id DESC LIMIT ${ALERTS_LIMIT}
          ) AS newest)`,
          { incidentIds: [...incidentIds] },
        )
        .orderBy('alert.id', 'DESC')
        .getMany(),
    );
  }

  /**
   * The episodes of these alerts that a delivery may touch: those that fire, and those that ended after the earliest start
   * that it tells of. What ended before says nothing about it.
   */
  async episodes(
    tenantId: string,
    sourceId: string,
    told: { readonly fingerprints: readonly string[]; readonly earliestStart: Date },
  ): Promise<AlertRecord[]> {
    return this.database.transaction(tenantId, (tx) =>
      tx
        .createQueryBuilder(AlertRecord, 'alert')
        .where('alert.source_id = :sourceId AND alert.fingerprint = ANY(:fingerprints)', {
          sourceId,
          fingerprints: [...told.fingerprints],
        })
        .andWhere(`(alert.status = 'FIRING' OR alert.ends_at >= :earliest OR alert.starts_at >= :earliest)`, {
          earliest: told.earliestStart,
        })
        .getMany(),
    );
  }
}

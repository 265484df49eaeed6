import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { BOUND_MINUTES, RECORD_MINUTES } from '../../domain/suspect-changes.js';
import { KnownIncidentRecord } from './known-incident.record.js';

/** Where and when something went live. */
export interface WentLive {
  readonly serviceId: string;
  readonly environment: string;
  readonly at: Date;
}

/** So many incidents take note of a deployment that did not cause them. */
const MOST_NEARBY = 5;

/** Incidents as this service knows them. */
@Injectable()
export class KnownIncidentsReader {
  constructor(private readonly database: TenantDatabase) {}

  byId(tenantId: string, id: string): Promise<KnownIncidentRecord | null> {
    return this.database.transaction(tenantId, (tx) => tx.findOneBy(KnownIncidentRecord, { id }));
  }

  /** Those of the ids that are known here. */
  async knownOf(tenantId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const known = await this.database.transaction(tenantId, (tx) =>
      tx.find(KnownIncidentRecord, { select: { id: true }, where: { id: In([...ids]) } }),
    );
    return new Set(known.map(({ id }) => id));
  }

  /** Open incidents of a service, or of one that needs it (one hop), that something which went live then may have caused. */
  openAround(tenantId: string, { serviceId, at }: WentLive): Promise<KnownIncidentRecord[]> {
    const { before, after } = BOUND_MINUTES;
    const [from, to] = [minutesFrom(at, -after), minutesFrom(at, before)];
    return this.database.transaction(tenantId, (tx) =>
      tx
        .createQueryBuilder(KnownIncidentRecord, 'incident')
        .where(`incident.state = 'OPEN'`)
        .andWhere('incident.detectedAt BETWEEN :from AND :to', { from, to })
        .andWhere(
          `(incident.serviceId = :serviceId
            OR incident.serviceId IN (SELECT id FROM known_service WHERE depends_on @> ARRAY[:serviceId]::text[]))`,
          { serviceId },
        )
        .orderBy('incident.detectedAt')
        .getMany(),
    );
  }

  /** The nearest of the open incidents that did not come of it, and for which that is worth saying. */
  openNearby(tenantId: string, { serviceId, environment, at }: WentLive): Promise<KnownIncidentRecord[]> {
    const { before, after } = BOUND_MINUTES;
    return this.database.transaction(tenantId, async (tx) => {
      const found = await tx.query<{ id: string }[]>(NEARBY, [
        serviceId,
        at,
        before,
        after,
        RECORD_MINUTES,
        environment,
      ]);
      return tx.findBy(KnownIncidentRecord, { id: In(found.map(({ id }) => id)) });
    });
  }

  /** Open incidents of a service that were detected after `from`. */
  openOf(tenantId: string, serviceId: string, from: Date): Promise<KnownIncidentRecord[]> {
    return this.database.transaction(tenantId, (tx) =>
      tx
        .createQueryBuilder(KnownIncidentRecord, 'incident')
        .where(`incident.state = 'OPEN' AND incident.serviceId = :serviceId`, { serviceId })
        .andWhere('incident.detectedAt >= :from', { from })
        .getMany(),
    );
  }
}

/** Of the service and of what needs it within a day; of others within the bound and in the same environment. */
const NEARBY = `
  SELECT id FROM (
    SELECT i.id, i.environment, abs(extract(epoch FROM i.detected_at - $2::timestamptz)) AS distance,
      i.service_id = $1 OR i.service_id IN (SELECT id FROM known_service WHERE depends_on @> ARRAY[$1]::text[]) AS related,
      i.detected_at BETWEEN $2::timestamptz - make_interval(mins => $4) AND $2::timestamptz + make_interval(mins => $3) AS in_bound
    FROM known_incident i
    WHERE i.state = 'OPEN' AND i.service_id IS NOT NULL
      AND i.detected_at BETWEEN $2::timestamptz - make_interval(mins => $5) AND $2::timestamptz + make_interval(mins => $5)
  ) AS found
  WHERE CASE WHEN related THEN NOT in_bound ELSE in_bound AND coalesce(environment, $6) = $6 END
  ORDER BY related DESC, distance
  LIMIT ${MOST_NEARBY}`;

function minutesFrom(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}

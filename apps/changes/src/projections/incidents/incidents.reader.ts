import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { KnownIncidentRecord } from './known-incident.record.js';

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

  /** Open incidents of a service, or of one that needs it (one hop), detected from `from` to `to`. */
  openAround(tenantId: string, serviceId: string, from: Date, to: Date): Promise<KnownIncidentRecord[]> {
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

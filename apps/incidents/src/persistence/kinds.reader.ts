import { TenantDatabase } from '@graphdesk/database';
import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not } from 'typeorm';
import { OPEN_STATES } from '../domain/incident-lifecycle.js';
import { ServiceRecord } from '../projections/services/service.record.js';
import { IncidentRecord } from './incident.record.js';

/** What decisions need to know of other incidents; sees the whole tenant, and is shown to nobody. */
@Injectable()
export class KindsReader {
  constructor(private readonly database: TenantDatabase) {}

  /** For each kind its open incident, else the latest one. */
  async latestOfKinds(tenantId: string, dedupKeys: readonly string[]): Promise<ReadonlyMap<string, IncidentRecord>> {
    const incidents = await this.database.transaction(tenantId, (tx) =>
      tx
        .createQueryBuilder(IncidentRecord, 'incident')
        .distinctOn(['incident.dedup_key'])
        .where({ dedupKey: In([...dedupKeys]) })
        .orderBy('incident.dedup_key')
        .addOrderBy('incident.state IN (:...open)', 'DESC')
        .addOrderBy('incident.id', 'DESC')
        .setParameter('open', [...OPEN_STATES])
        .getMany(),
    );
    return new Map(incidents.map((incident) => [incident.dedupKey ?? '', incident]));
  }

  /** Incidents by id, whatever they are. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<IncidentRecord[]> {
    return this.database.transaction(tenantId, (tx) => tx.findBy(IncidentRecord, { id: In([...ids]) }));
  }

  /** What was imported from this system under this name, whatever became of it here. */
  async importedAs(tenantId: string, system: string, externalId: string): Promise<IncidentRecord | null> {
    return this.database.transaction(tenantId, (tx) =>
      tx.findOneBy(IncidentRecord, { externalSystem: system, externalId }),
    );
  }

  /**
   * Open incidents that nobody owns, and not because they were imported: at most `limit` with ids after `after`, by id. Those alone
   * whose service has an accountable person, unless `ofAnyService`.
   */
  async ownerless(
    tenantId: string,
    page: { readonly ofAnyService: boolean; readonly after: string; readonly limit: number },
  ): Promise<IncidentRecord[]> {
    return this.database.transaction(tenantId, (tx) => {
      const query = tx
        .createQueryBuilder(IncidentRecord, 'incident')
        .where({ ownerId: IsNull(), state: In([...OPEN_STATES]), origin: Not('IMPORT'), id: MoreThan(page.after) })
        .orderBy('incident.id')
        .limit(page.limit);
      if (page.ofAnyService) return query.getMany();
      const owned = query.subQuery().select('service.id').from(ServiceRecord, 'service');
      owned.where('service.accountable_person_id IS NOT NULL');
      return query.andWhere(`incident.service_id IN ${owned.getQuery()}`).getMany();
    });
  }
}

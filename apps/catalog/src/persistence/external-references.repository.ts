import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ExternalReferenceRecord, type ReferencedKind } from './external-reference.record.js';

/** The only writer of external references. */
@Injectable()
export class ExternalReferencesRepository {
  constructor(private readonly database: TenantDatabase) {}

  /**
   * The ids of what is known of another system, by its names there. Until the transaction ends, nobody else of the tenant imports from
   * that system: two imports of one file make each thing once.
   */
  async hold(
    actor: Actor,
    system: string,
    kind: ReferencedKind,
    externalIds: readonly string[],
  ): Promise<Map<string, string>> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        JSON.stringify(['import-directory', actor.tenantId, system]),
      ]);
      const where = { system, kind, externalId: In([...externalIds]) };
      const known = await tx.findBy(ExternalReferenceRecord, where);
      return new Map(known.map(({ externalId, aggregateId }) => [externalId, aggregateId]));
    });
  }

  /** Remembers what things are called, in one statement. */
  async remember(actor: Actor, system: string, kind: ReferencedKind, ids: ReadonlyMap<string, string>): Promise<void> {
    if (ids.size === 0) return;
    const { tenantId } = actor;
    const rows = [...ids].map(([externalId, aggregateId]) => ({ tenantId, system, kind, externalId, aggregateId }));
    await this.database.transaction(tenantId, (tx) => tx.insert(ExternalReferenceRecord, rows));
  }
}

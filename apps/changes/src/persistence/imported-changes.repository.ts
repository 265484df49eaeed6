import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { linkIncidents, type BornChange, type ImportedIncidentLink } from '../domain/import-change.js';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import { ChangeIncidentRecord } from './change-incident.record.js';
import { ChangeRecord } from './change.record.js';
import { ChangesRepository } from './changes.repository.js';

/** The only writer of changes' links to incidents: a link is saved with the fact that says so, or not at all. */
@Injectable()
export class ImportedChangesRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly changes: ChangesRepository,
  ) {}

  /**
   * The change that was imported under this name, with its links, or null. Until the transaction ends nobody else imports it: two
   * imports of one source make it once.
   */
  async hold(
    actor: Actor,
    externalSystem: string,
    externalId: string,
  ): Promise<{ change: ChangeRecord; links: ChangeIncidentRecord[] } | null> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      const key = JSON.stringify(['import-change', actor.tenantId, externalSystem, externalId]);
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
      const change = await tx.findOneBy(ChangeRecord, { externalSystem, externalId });
      return change && { change, links: await tx.findBy(ChangeIncidentRecord, { changeId: change.id }) };
    });
  }

  /** Writes a change as it was imported, with all its links. */
  async create(
    actor: Actor,
    { change, facts }: BornChange,
    links: readonly ImportedIncidentLink[],
  ): Promise<Outcome<ChangeRecord, ChangesRefusal>> {
    const taken = refuse('NOT_FOUND' as const, 'the change could not be imported');
    return this.withLinks(actor, links, () => this.changes.create(actor, change, facts, taken));
  }

  /** Adds links to a change that was imported before. */
  async link(
    actor: Actor,
    changeId: string,
    links: readonly ImportedIncidentLink[],
  ): Promise<Outcome<ChangeRecord, ChangesRefusal>> {
    return this.withLinks(actor, links, () => this.changes.change(actor, changeId, () => linkIncidents(links)));
  }

  private async withLinks(
    actor: Actor,
    links: readonly ImportedIncidentLink[],
    write: () => Promise<Outcome<ChangeRecord, ChangesRefusal>>,
  ): Promise<Outcome<ChangeRecord, ChangesRefusal>> {
    const { tenantId } = actor;
    return this.database.transaction(tenantId, async (tx) => {
      const written = await write();
      if (!written.ok || links.length === 0) return written;
      const rows = links.map((link) => ({ ...link, changeId: written.value.id, tenantId }));
      await tx.insert(ChangeIncidentRecord, rows);
      return written;
    });
  }
}

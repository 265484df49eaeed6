import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import type { Clock, Outcome, Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference, type ImportOutcome } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbids } from '../domain/changes-permissions.js';
import { unknownTenant, type ChangesRefusal } from '../domain/changes-refusals.js';
import {
  faultOfImport,
  faultOfImported,
  importChange,
  type ImportedChange,
  type ImportedIncidentLink,
} from '../domain/import-change.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import { ChangesRepository } from '../persistence/changes.repository.js';
import { ImportedChangesRepository } from '../persistence/imported-changes.repository.js';
import { KnownIncidentsReader } from '../projections/incidents/incidents.reader.js';
import { KnownTenantsReader } from '../projections/tenants/tenants.reader.js';

/** What became of one change of an import. */
export interface ImportResult {
  readonly externalId: string;
  readonly outcome: ImportOutcome;
  readonly change: ChangeRecord | null;
  readonly refusal: Refused<string> | null;
}

/** Takes over changes of another system with their incidents: each is one transaction, and a repeat changes nothing. */
@Injectable()
export class ImportChanges {
  constructor(
    private readonly database: TenantDatabase,
    private readonly imported: ImportedChangesRepository,
    private readonly changes: ChangesRepository,
    private readonly incidents: KnownIncidentsReader,
    private readonly tenants: KnownTenantsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    system: string,
    imported: readonly ImportedChange[],
  ): Promise<Outcome<ImportResult[], ChangesRefusal>> {
    const refused = forbids('import-changes', actor) ?? faultOfImport(system, imported.length);
    if (refused) return refused;
    if (!(await this.tenants.isKnown(actor.tenantId))) return unknownTenant(actor.tenantId);
    const results: ImportResult[] = [];
    for (const change of imported) results.push(await this.take(actor, system, change));
    return { ok: true, value: results };
  }

  private async take(actor: Actor, system: string, imported: ImportedChange): Promise<ImportResult> {
    const { externalId } = imported;
    const asked = [...new Map(imported.links.map((link) => [keyOf(link), link])).values()];
    return this.database.transaction(actor.tenantId, async () => {
      const known = await this.imported.hold(actor, system, externalId);
      const refusal = faultOfImported(imported, this.clock.now()) ?? (await this.unknownIncident(actor, asked));
      if (refusal) return { externalId, outcome: 'REFUSED', change: null, refusal };
      const linked = new Set(known?.links.map(keyOf));
      const links = asked.filter((link) => !linked.has(keyOf(link)));
      const written = known
        ? await this.imported.link(actor, known.change.id, links)
        : await this.create(actor, system, { ...imported, links });
      if (!written.ok) return { externalId, outcome: 'REFUSED', change: null, refusal: written };
      const outcome = known ? (links.length > 0 ? 'EXTENDED' : 'KNOWN') : 'IMPORTED';
      return { externalId, outcome, change: written.value, refusal: null };
    });
  }

  private async create(
    actor: Actor,
    system: string,
    imported: ImportedChange,
  ): Promise<Outcome<ChangeRecord, ChangesRefusal>> {
    const identity = { id: newId('change'), number: await this.changes.nextNumber(actor), system };
    return this.imported.create(actor, importChange(imported, identity), imported.links);
  }

  private async unknownIncident(
    actor: Actor,
    links: readonly ImportedIncidentLink[],
  ): Promise<Refused<'UNKNOWN_REFERENCE'> | null> {
    const ids = [...new Set(links.map(({ incidentId }) => incidentId))];
    const known = await this.incidents.knownOf(actor.tenantId, ids);
    const unknown = ids.find((id) => !known.has(id));
    return unknown === undefined ? null : unknownReference(unknown, 'links');
  }
}

function keyOf({ incidentId, relation }: Pick<ImportedIncidentLink, 'incidentId' | 'relation'>): string {
  return `${relation} ${incidentId}`;
}

import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { decide, refuse, unchanged, type Clock, type Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { changesBetween, importFacts, standsAs, type ImportedHistory } from '../domain/import-history.js';
import type { ImportedIncident } from '../domain/imported-incident.js';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import type { IncidentDecision } from '../domain/incident.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { KindsReader } from '../persistence/kinds.reader.js';
import { entryDigests } from './entry-digest.js';

/** What became of one imported incident. */
export type Stored =
  | {
      readonly ok: true;
      readonly outcome: 'IMPORTED' | 'KNOWN' | 'EXTENDED';
      readonly incident: IncidentRecord;
      /** How many entries were added. */
      readonly entries: number;
    }
  | Refused<IncidentRefusal>;

/** What the incident is called where it comes from. */
interface Name {
  readonly system: string;
  readonly externalId: string;
}

/** One incident with all of its history, or nothing of it: in one transaction, with as many statements for two entries as for 500. */
@Injectable()
export class ImportIncident {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: IncidentsRepository,
    private readonly kinds: KindsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, system: string, source: ImportedIncident, history: ImportedHistory): Promise<Stored> {
    const digests = entryDigests(source);
    const name = { system, externalId: source.externalId };
    return this.database.transaction(actor.tenantId, async () => {
      await this.incidents.lockKinds(actor.tenantId, [`imported ${system} ${source.externalId}`]);
      const known = await this.kinds.importedAs(actor.tenantId, system, source.externalId);
      return known ? this.extend(actor, known, name, history, digests) : this.log(actor, name, history, digests);
    });
  }

  private async log(actor: Actor, name: Name, history: ImportedHistory, digests: readonly string[]): Promise<Stored> {
    const { logged, steps } = history;
    const last = steps.at(-1) ?? logged;
    const facts = importFacts(name, [logged, ...steps], steps.length, this.clock.now());
    const born = { ...last.incident, importedEntries: digests };
    const outcome = await this.incidents.log(actor, newId('incident'), born, facts);
    if (!outcome.ok) return outcome;
    return { ok: true, outcome: 'IMPORTED', incident: outcome.value, entries: steps.length };
  }

  private async extend(
    actor: Actor,
    known: IncidentRecord,
    name: Name,
    { logged, steps }: ImportedHistory,
    digests: readonly string[],
  ): Promise<Stored> {
    let entries = 0;
    const outcome = await this.incidents.change(actor, known.id, (incident): IncidentDecision => {
      const { importedEntries } = incident;
      if (importedEntries.some((digest, place) => place < digests.length && digest !== digests[place])) {
        return refuse(
          'HISTORY_DIFFERS',
          `It was imported as ${incidentName(incident)}, with other entries than these.`,
        );
      }
      const news = steps.slice(importedEntries.length);
      const last = news.at(-1);
      if (!last) return unchanged();
      const before = steps[importedEntries.length - 1] ?? logged;
      if (!standsAs(incident, before.incident)) {
        return refuse(
          'CHANGED_SINCE_IMPORT',
          `People worked on ${incidentName(incident)} since it was imported; what the source says since is not added.`,
        );
      }
      entries = news.length;
      const changes = changesBetween(before.incident, last.incident);
      return decide({ ...changes, importedEntries: digests }, importFacts(name, news, entries, this.clock.now()));
    });
    if (!outcome.ok) return outcome;
    return { ok: true, outcome: entries === 0 ? 'KNOWN' : 'EXTENDED', incident: outcome.value, entries };
  }
}

const incidentName = ({ number }: { readonly number: number }): string => `INC-${number}`;

import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome, type Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, type ImportOutcome } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbids } from '../domain/catalog-permissions.js';
import { faultOfDirectory, faultOfEntry, type DirectoryEntry } from '../domain/import-directory.js';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { ReferencedKind } from '../persistence/external-reference.record.js';
import { ExternalReferencesRepository } from '../persistence/external-references.repository.js';
import { PeopleRepository } from '../persistence/people.repository.js';
import { TeamsRepository } from '../persistence/teams.repository.js';

export type ImportDirectoryRefusal = 'NOT_ALLOWED' | 'INVALID_INPUT' | 'UNKNOWN_TENANT';

/** People and teams of another system. */
export interface Directory {
  readonly people: readonly DirectoryEntry[];
  readonly teams: readonly DirectoryEntry[];
}

/** What became of one entry; the id is null when it was refused. */
export interface ImportedEntry {
  readonly externalId: string;
  readonly outcome: ImportOutcome;
  readonly id: string | null;
  readonly refusal: Refused<string> | null;
}

/** Takes over people and teams of another system. A repeat finds what the first time made; nobody gets an address. */
@Injectable()
export class ImportDirectory {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: CatalogReader,
    private readonly references: ExternalReferencesRepository,
    private readonly people: PeopleRepository,
    private readonly teams: TeamsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    system: string,
    { people, teams }: Directory,
  ): Promise<Outcome<{ people: ImportedEntry[]; teams: ImportedEntry[] }, ImportDirectoryRefusal>> {
    const refused =
      forbids('import-directory', actor.roles) ??
      faultOfDirectory(system, people.length + teams.length) ??
      (await this.reader.unknownTenant(actor));
    if (refused) return refused;
    return this.database.transaction(actor.tenantId, async () => ({
      ok: true,
      value: {
        people: await this.take(actor, system, 'person', people, (entry) => this.newPerson(actor, system, entry)),
        teams: await this.take(actor, system, 'team', teams, (entry) => this.teamOfName(actor, system, entry)),
      },
    }));
  }

  private async take(
    actor: Actor,
    system: string,
    kind: ReferencedKind,
    entries: readonly DirectoryEntry[],
    make: (entry: DirectoryEntry) => Promise<string>,
  ): Promise<ImportedEntry[]> {
    const asked = entries.map(({ externalId }) => externalId);
    const known = await this.references.hold(actor, system, kind, asked);
    const made = new Map<string, string>();
    const taken: ImportedEntry[] = [];
    for (const entry of entries) {
      const { externalId } = entry;
      const id = known.get(externalId) ?? made.get(externalId);
      const refusal = id === undefined ? faultOfEntry(entry) : null;
      if (id !== undefined) taken.push({ externalId, outcome: 'KNOWN', id, refusal });
      else if (refusal) taken.push({ externalId, outcome: 'REFUSED', id: null, refusal });
      else {
        const born = await make(entry);
        made.set(externalId, born);
        taken.push({ externalId, outcome: 'IMPORTED', id: born, refusal });
      }
    }
    await this.references.remember(actor, system, kind, made);
    return taken;
  }

  private async newPerson(actor: Actor, system: string, { externalId, name }: DirectoryEntry): Promise<string> {
    const fact = { kind: 'person-registered', at: this.clock.now(), importedFrom: { system, externalId } } as const;
    const state = { id: newId('person'), name, email: null, teamIds: [] };
    const outcome = await this.people.create(actor, state, [fact], refuse('PERSON_EXISTS', 'the id is taken'));
    if (!outcome.ok) throw new Error(`${externalId} could not be imported: ${outcome.code}`);
    return outcome.value.id;
  }

  /** A team's name is unique: one that is here already is the other system's too. */
  private async teamOfName(actor: Actor, system: string, { externalId, name }: DirectoryEntry): Promise<string> {
    const fact = { kind: 'team-registered', at: this.clock.now(), importedFrom: { system, externalId } } as const;
    const outcome = await this.teams.create(actor, { id: newId('team'), name }, [fact], refuse('NAME_TAKEN', name));
    const team = outcome.ok ? outcome.value : await this.reader.teamByName(actor, name);
    if (!team) throw new Error(`${externalId} could not be imported: there is no team ${name}`);
    return team.id;
  }
}

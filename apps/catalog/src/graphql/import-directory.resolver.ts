import type { Actor } from '@graphdesk/identity';
import {
  Access,
  CurrentActor,
  CurrentRequest,
  EVERY_INSIDER,
  mutationError,
  type RequestContext,
} from '@graphdesk/subgraph';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonRecord } from '../persistence/person.record.js';
import type { TeamRecord } from '../persistence/team.record.js';
import { ImportDirectory, type ImportedEntry } from '../use-cases/import-directory.js';
import { CatalogLoader } from './catalog.loader.js';
import {
  DirectoryEntryInput,
  ImportDirectoryPayload,
  ImportedPerson,
  ImportedTeam,
  type ImportedDirectoryEntry,
} from './import-directory.type.js';
import { PersonType, TeamType } from './people.type.js';

const Entries = (name: string): ParameterDecorator =>
  Args(name, { type: () => [DirectoryEntryInput], defaultValue: [] });

@Resolver(() => ImportedPerson)
export class ImportedPeopleResolver {
  constructor(
    private readonly importing: ImportDirectory,
    private readonly loader: CatalogLoader,
  ) {}

  @Mutation(() => ImportDirectoryPayload, {
    description:
      'Takes over people and teams of another system, 500 together at most. A repeat finds what the first time made. Imported people have no e-mail address, so nobody writes to them.',
  })
  @Access(...EVERY_INSIDER)
  async importDirectory(
    @CurrentActor() actor: Actor,
    @Args('system', { description: 'Where they come from, such as servicenow.' }) system: string,
    @Entries('people') people: DirectoryEntryInput[],
    @Entries('teams') teams: DirectoryEntryInput[],
  ): Promise<ImportDirectoryPayload> {
    const outcome = await this.importing.execute(actor, system, { people, teams });
    if (!outcome.ok) return { people: [], teams: [], errors: [mutationError(outcome)] };
    return {
      people: outcome.value.people.map((entry) => ({ ...described(entry), person: reference(entry) })),
      teams: outcome.value.teams.map((entry) => ({ ...described(entry), team: reference(entry) })),
      errors: [],
    };
  }

  @ResolveField(() => PersonType, { nullable: true })
  async person(
    @Parent() { person }: ImportedPerson,
    @CurrentRequest() request: RequestContext,
  ): Promise<PersonRecord | null> {
    return person && this.loader.person(request, person.id);
  }
}

@Resolver(() => ImportedTeam)
export class ImportedTeamsResolver {
  constructor(private readonly loader: CatalogLoader) {}

  @ResolveField(() => TeamType, { nullable: true })
  async team(@Parent() { team }: ImportedTeam, @CurrentRequest() request: RequestContext): Promise<TeamRecord | null> {
    return team && this.loader.team(request, team.id);
  }
}

function described({ externalId, outcome, refusal }: ImportedEntry): ImportedDirectoryEntry {
  const { code, message, retryable } = refusal
    ? mutationError(refusal)
    : { code: null, message: null, retryable: false };
  return { externalId, outcome, code, message, retryable };
}

function reference({ id }: ImportedEntry): { readonly id: string } | null {
  return id === null ? null : { id };
}

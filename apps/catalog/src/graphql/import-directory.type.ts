import {
  Access,
  EVERYBODY,
  EVERY_INSIDER,
  ImportOutcomeEnum,
  MutationError,
  type ImportOutcome,
} from '@graphdesk/subgraph';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { PersonType, TeamType } from './people.type.js';

@InputType({ description: 'Somebody or a team as the other system knows them.' })
export class DirectoryEntryInput {
  @Field({ description: 'What the other system calls them, unique there; 200 characters at most.' })
  externalId!: string;

  @Field({ description: 'For people, 200 characters at most.' })
  name!: string;
}

@ObjectType({ description: 'What became of one entry of a directory.' })
@Access(...EVERY_INSIDER)
export class ImportedDirectoryEntry {
  @Field(() => ID)
  externalId!: string;

  @Field(() => ImportOutcomeEnum)
  outcome!: ImportOutcome;

  @Field(() => String, { nullable: true, description: 'Why it was refused, for programs.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, for people.' })
  message!: string | null;

  @Field({ description: 'Whether the same may succeed in a moment.' })
  retryable!: boolean;
}

@ObjectType()
@Access(...EVERY_INSIDER)
export class ImportedPerson extends ImportedDirectoryEntry {
  @Field(() => PersonType, { nullable: true, description: 'Null when refused.' })
  person!: { readonly id: string } | null;
}

@ObjectType()
@Access(...EVERY_INSIDER)
export class ImportedTeam extends ImportedDirectoryEntry {
  @Field(() => TeamType, { nullable: true, description: 'Null when refused.' })
  team!: { readonly id: string } | null;
}

@ObjectType()
@Access(...EVERYBODY)
export class ImportDirectoryPayload {
  @Field(() => [ImportedPerson], { description: 'One for each that was given, in order.' })
  people!: ImportedPerson[];

  @Field(() => [ImportedTeam], { description: 'One for each that was given, in order.' })
  teams!: ImportedTeam[];

  @Field(() => [MutationError], { description: 'Why nothing at all was imported.' })
  errors!: MutationError[];
}

import {
  Access,
  EVERYBODY,
  EVERY_INSIDER,
  ImportOutcomeEnum,
  MutationError,
  type ImportOutcome,
} from '@graphdesk/subgraph';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { IncidentRelation as Relation } from '../domain/vocabulary.js';
import { ChangeType } from './change.type.js';
import { IncidentRelation } from './changes.enums.js';

@InputType({ description: 'What an imported change has to do with an incident.' })
export class ImportedChangeLinkInput {
  @Field(() => ID)
  incidentId!: string;

  @Field(() => IncidentRelation)
  relation!: Relation;

  @Field({ description: 'Since when the source says so; not in the future.' })
  linkedAt!: Date;
}

@InputType({ description: 'A change as another system tells of it.' })
export class ImportedChangeInput {
  @Field({ description: 'What the other system calls it, unique there; 200 characters at most.' })
  externalId!: string;

  @Field({ description: 'One line, 200 characters at most.' })
  title!: string;

  @Field({ description: 'When the source tells of it first; not in the future.' })
  registeredAt!: Date;

  @Field(() => [ImportedChangeLinkInput])
  links!: ImportedChangeLinkInput[];
}

@ObjectType({ description: 'What became of one change of an import.' })
@Access(...EVERY_INSIDER)
export class ImportedChangeResult {
  @Field()
  externalId!: string;

  @Field(() => ImportOutcomeEnum)
  outcome!: ImportOutcome;

  @Field(() => ChangeType, { nullable: true, description: 'Null when refused.' })
  change!: ChangeType | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, for programs.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, for people.' })
  message!: string | null;

  @Field({ description: 'Whether the same may succeed in a moment: it names an incident whose news may be under way.' })
  retryable!: boolean;
}

@ObjectType()
@Access(...EVERYBODY)
export class ImportChangesPayload {
  @Field(() => [ImportedChangeResult], { description: 'One for each that was given, in order.' })
  results!: ImportedChangeResult[];

  @Field(() => [MutationError], { description: 'Why nothing at all was imported.' })
  errors!: MutationError[];
}

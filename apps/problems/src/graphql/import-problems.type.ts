import {
  Access,
  EVERYBODY,
  EVERY_INSIDER,
  ImportOutcomeEnum,
  MutationError,
  type ImportOutcome,
} from '@graphdesk/subgraph';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ProblemType } from './problem.type.js';

@InputType({ description: 'An incident that belongs to an imported problem.' })
export class ImportedProblemLinkInput {
  @Field(() => ID)
  incidentId!: string;

  @Field({ description: 'Since when the source says so; not in the future.' })
  linkedAt!: Date;
}

@InputType({ description: 'A problem as another system tells of it.' })
export class ImportedProblemInput {
  @Field({ description: 'What the other system calls it, unique there; 200 characters at most.' })
  externalId!: string;

  @Field({ description: 'One line, 200 characters at most.' })
  title!: string;

  @Field({ description: 'When the source tells of it first; not in the future.' })
  raisedAt!: Date;

  @Field(() => [ImportedProblemLinkInput], { description: 'Its incidents; each belongs to one problem at most.' })
  links!: ImportedProblemLinkInput[];
}

@ObjectType({ description: 'What became of one problem of an import.' })
@Access(...EVERY_INSIDER)
export class ImportedProblemResult {
  @Field()
  externalId!: string;

  @Field(() => ImportOutcomeEnum)
  outcome!: ImportOutcome;

  @Field(() => ProblemType, { nullable: true, description: 'Null when refused.' })
  problem!: ProblemType | null;

  @Field(() => [ID], {
    description: 'Incidents that are canceled or belong to another problem: they stay as they are.',
  })
  skippedIncidentIds!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Why it was refused, for programs.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, for people.' })
  message!: string | null;

  @Field({ description: 'Whether the same may succeed in a moment: it names an incident whose news may be under way.' })
  retryable!: boolean;
}

@ObjectType()
@Access(...EVERYBODY)
export class ImportProblemsPayload {
  @Field(() => [ImportedProblemResult], { description: 'One for each that was given, in order.' })
  results!: ImportedProblemResult[];

  @Field(() => [MutationError], { description: 'Why nothing at all was imported.' })
  errors!: MutationError[];
}

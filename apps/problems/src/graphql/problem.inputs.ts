import { Access, EVERYBODY, MutationError } from '@graphdesk/subgraph';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { ProblemState } from '../domain/vocabulary.js';
import { ProblemStateEnum } from './problem-vocabulary.type.js';
import { ProblemType } from './problem.type.js';

@InputType({ description: 'Narrows a list: values within a part are combined with OR.' })
export class ProblemFilterInput {
  @Field(() => [ProblemStateEnum], { nullable: true })
  state?: ProblemState[] | null;
}

@InputType()
export class RegisterProblemInput {
  @Field({ description: 'One line, 200 characters at most.' })
  title!: string;

  @Field(() => ID, { nullable: true, description: 'The service it is about, if one.' })
  serviceId?: string | null;

  @Field(() => String, { nullable: true, description: 'How it shows, 10000 characters at most.' })
  symptom?: string | null;

  @Field(() => [ID], { defaultValue: [], description: 'Incidents that belong to it; each to one problem at most.' })
  incidentIds!: string[];
}

@InputType({ description: 'What was found out; a symptom or workaround left out stays as it is.' })
export class RootCauseInput {
  @Field({ description: 'Why it happens, 10000 characters at most.' })
  rootCause!: string;

  @Field(() => String, { nullable: true })
  symptom?: string | null;

  @Field(() => String, { nullable: true })
  workaround?: string | null;
}

@ObjectType()
@Access(...EVERYBODY)
export class ProblemPayload {
  @Field(() => ProblemType, { nullable: true, description: 'Null when refused.' })
  problem!: ProblemType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

import { Access, connectionOf } from '@graphdesk/subgraph';
import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PROBLEM_READERS } from '../domain/problem-permissions.js';
import type { ProblemOrigin, ProblemState, ResolutionCode, SimilarityReason } from '../domain/vocabulary.js';
import { IncidentReference } from './incident.reference.js';
import {
  ProblemOriginEnum,
  ProblemResolutionCodeEnum,
  ProblemStateEnum,
  SimilarityReasonEnum,
} from './problem-vocabulary.type.js';

@ObjectType('Problem', { description: 'The cause, or potential cause, of one or more incidents.' })
@Directive('@key(fields: "id")')
@Access(...PROBLEM_READERS)
export class ProblemType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Per tenant, without gaps.' })
  number!: number;

  @Field()
  title!: string;

  @Field(() => ProblemStateEnum)
  state!: ProblemState;

  @Field(() => ProblemOriginEnum)
  origin!: ProblemOrigin;

  @Field(() => String, {
    nullable: true,
    description: 'What the incidents of a proposed problem share: the alert name.',
  })
  signature!: string | null;

  @Field(() => String, { nullable: true, description: 'How it shows.' })
  symptom!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it happens.' })
  rootCause!: string | null;

  @Field(() => String, { nullable: true, description: 'What helps until it is fixed.' })
  workaround!: string | null;

  @Field(() => ProblemResolutionCodeEnum, { nullable: true, description: 'Set once it is closed.' })
  resolutionCode!: ResolutionCode | null;

  @Field(() => String, { nullable: true })
  resolutionNotes!: string | null;

  @Field()
  raisedAt!: Date;

  @Field(() => Date, { nullable: true })
  closedAt!: Date | null;
}

@ObjectType('KnownError', { description: 'A problem whose cause is known and that was not fixed.' })
@Access(...PROBLEM_READERS)
export class KnownErrorType {
  @Field(() => String, { nullable: true, description: 'How it shows.' })
  symptom!: string | null;

  @Field(() => String, { description: 'Why it happens.' })
  rootCause!: string | null;

  @Field(() => String, { nullable: true, description: 'What helps until it is fixed.' })
  workaround!: string | null;
}

@ObjectType('SimilarIncident', { description: 'An earlier or later incident of the same kind.' })
@Access(...PROBLEM_READERS)
export class SimilarIncidentType {
  @Field(() => IncidentReference, { nullable: true })
  incident!: IncidentReference;

  @Field(() => SimilarityReasonEnum)
  reason!: SimilarityReason;

  @Field()
  declaredAt!: Date;
}

export const ProblemConnection = connectionOf(ProblemType, 'Problem');

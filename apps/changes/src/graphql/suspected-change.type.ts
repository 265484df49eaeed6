import { Access } from '@graphdesk/subgraph';
import { Directive, Field, Float, ID, ObjectType } from '@nestjs/graphql';
import type { Dismissal, SuspicionReason } from '../domain/suspect-changes.js';
import { VIEWERS } from '../domain/visibility.js';
import type {
  Confidence,
  RollbackAdvice as Advice,
  RollbackState as Rollback,
  SuspicionState as State,
} from '../domain/vocabulary.js';
import {
  DismissalReason,
  RollbackAdvice,
  RollbackState,
  SuspicionConfidence,
  SuspicionReasonName,
  SuspicionState,
} from './changes.enums.js';

@ObjectType('SuspectedChange', { description: 'A change that may have caused an incident, with the reasons.' })
@Directive('@key(fields: "id")')
@Access(...VIEWERS)
export class SuspectedChangeType {
  @Field(() => ID)
  id!: string;

  @Field(() => SuspicionState)
  state!: State;

  @Field(() => SuspicionConfidence)
  confidence!: Confidence;

  @Field(() => [SuspicionReasonName])
  reasons!: readonly SuspicionReason[];

  @Field(() => Float, { description: 'From the deployment to the incident; negative when the deployment came after.' })
  minutesBefore!: number;

  @Field(() => RollbackAdvice)
  advice!: Advice;

  @Field({ description: 'The row of the policy that gave the advice, in words.' })
  adviceReason!: string;

  @Field(() => String, { nullable: true, description: 'Why a person rejected it, in words.' })
  rejectionReason!: string | null;
}

@ObjectType('DismissedChange', {
  description: 'A change that was considered for an incident and is not suspected, with the reason.',
})
@Access(...VIEWERS)
export class DismissedChangeType {
  @Field(() => DismissalReason)
  reason!: Dismissal;

  @Field(() => Float, { description: 'From the deployment to the incident; negative when the deployment came after.' })
  minutesBefore!: number;
}

@ObjectType('RollbackSuggestion', { description: 'The policy proposes to take a suspect back; a person decides.' })
@Directive('@key(fields: "id")')
@Access(...VIEWERS)
export class RollbackSuggestionType {
  @Field(() => ID)
  id!: string;

  @Field(() => RollbackState)
  state!: Rollback;

  @Field({ description: 'The row of the policy that decided, in words.' })
  reason!: string;
}

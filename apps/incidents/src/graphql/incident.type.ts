import { Access, connectionOf, EVERY_INSIDER, EVERYBODY, PriorityEnum } from '@graphdesk/subgraph';
import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type {
  ClassificationReason,
  IncidentOrigin,
  IncidentState,
  Level,
  OnHoldReason,
  Priority,
  ResolutionCode,
} from '../domain/vocabulary.js';
import {
  ClassificationReasonEnum,
  IncidentOriginEnum,
  IncidentStateEnum,
  LevelEnum,
  OnHoldReasonEnum,
  ResolutionCodeEnum,
} from './incident.enums.js';

@ObjectType('Incident', { description: 'An unplanned interruption of a service or a reduction in its quality.' })
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER)
export class IncidentType {
  @Field(() => ID)
  @Access(...EVERYBODY)
  id!: string;

  @Field(() => Int, { description: 'Per tenant, without gaps.' })
  @Access(...EVERYBODY)
  number!: number;

  @Field()
  @Access(...EVERYBODY)
  title!: string;

  @Field()
  description!: string;

  @Field(() => IncidentStateEnum)
  @Access(...EVERYBODY)
  state!: IncidentState;

  @Field(() => OnHoldReasonEnum, { nullable: true, description: 'Set exactly while it is on hold.' })
  onHoldReason!: OnHoldReason | null;

  @Field(() => LevelEnum, { description: 'How much of the business is hurt.' })
  @Access(...EVERYBODY)
  impact!: Level;

  @Field(() => LevelEnum, { description: 'How soon it hurts.' })
  @Access(...EVERYBODY)
  urgency!: Level;

  @Field(() => PriorityEnum, { description: "From the tenant's matrix, never set by hand." })
  @Access(...EVERYBODY)
  priority!: Priority;

  @Field(() => Int, { description: 'The version of the matrix that gave the priority.' })
  matrixVersion!: number;

  @Field(() => [ClassificationReasonEnum], { description: 'Why impact and urgency are what they are.' })
  classificationReasons!: readonly ClassificationReason[];

  @Field(() => String, { nullable: true, description: 'Where, such as production; null when nobody said.' })
  @Access(...EVERYBODY)
  environment!: string | null;

  @Field(() => IncidentOriginEnum)
  @Access(...EVERYBODY)
  origin!: IncidentOrigin;

  @Field(() => String, {
    nullable: true,
    description: 'The alert name: what makes incidents of a service the same kind.',
  })
  signature!: string | null;

  @Field(() => ResolutionCodeEnum, { nullable: true, description: 'What restored the service; null while it is not.' })
  resolutionCode!: ResolutionCode | null;

  @Field(() => String, { nullable: true, description: 'What was done.' })
  resolutionNotes!: string | null;
}

@ObjectType({ description: 'What happened when. Null: not yet, or not known.' })
@Access(...EVERYBODY)
export class IncidentMilestones {
  @Field(() => Date, { nullable: true, description: 'When users began to be hurt; null unless somebody stated it.' })
  impactStartedAt!: Date | null;

  @Field({ description: 'When it was noticed.' })
  detectedAt!: Date;

  @Field({ description: 'When it was logged.' })
  declaredAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When somebody first took it in hand.' })
  acknowledgedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When users stopped being hurt, if that was before the resolution.',
  })
  mitigatedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  resolvedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When a second person saw the fix hold.' })
  recoveryValidatedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Since when an alert of the same kind is a new incident, after a resolution that held for the recovery window.',
  })
  recoveryWindowEndedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  closedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  canceledAt!: Date | null;
}

export const IncidentConnection = connectionOf(IncidentType, 'Incident');

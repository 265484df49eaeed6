import { Access, PriorityEnum } from '@graphdesk/subgraph';
import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { SLA_READERS } from '../domain/sla-permissions.js';
import type { ClockState, IntervalCause, Measure, Priority } from '../domain/vocabulary.js';
import { SlaClockStateEnum, SlaIntervalCauseEnum, SlaMeasureEnum } from './sla-vocabulary.type.js';

@ObjectType('SlaClock', { description: 'How long an incident takes to be owned or resolved, against a target.' })
@Directive('@key(fields: "id")')
@Access(...SLA_READERS)
export class SlaClockType {
  @Field(() => ID)
  id!: string;

  @Field(() => SlaMeasureEnum)
  measure!: Measure;

  @Field(() => SlaClockStateEnum)
  state!: ClockState;

  @Field(() => PriorityEnum, { description: 'The priority that gave the target.' })
  priority!: Priority;

  @Field(() => Int, { description: 'Counted minutes that are allowed; more is a breach.' })
  targetMinutes!: number;

  @Field(() => Int, { description: "The version of the tenant's policy; a clock keeps the one it was born with." })
  policyVersion!: number;

  @Field({ description: "From when it counts: the incident's declaration." })
  startedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'As of when it was stopped or canceled.' })
  endedAt!: Date | null;
}

@ObjectType('SlaInterval', {
  description: "A stretch of an incident's life that counts towards a target, or does not.",
})
@Access(...SLA_READERS)
export class SlaIntervalType {
  @Field()
  from!: Date;

  @Field(() => Date, { nullable: true, description: 'Null while it lasts.' })
  to!: Date | null;

  @Field()
  counted!: boolean;

  @Field(() => SlaIntervalCauseEnum)
  cause!: IntervalCause;

  @Field(() => ID, { description: "The incident's event that began it or, for FIX_DID_NOT_HOLD, made it count." })
  eventId!: string;
}

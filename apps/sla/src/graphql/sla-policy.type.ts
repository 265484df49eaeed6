import { Access, EVERYBODY, MutationError, PriorityEnum } from '@graphdesk/subgraph';
import { Directive, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { SLA_READERS } from '../domain/sla-permissions.js';
import type { Measure, Priority } from '../domain/vocabulary.js';
import { SlaMeasureEnum } from './sla-vocabulary.type.js';

@ObjectType('SlaTarget', { description: 'How long an incident of a priority may take, around the clock.' })
@Access(...SLA_READERS)
export class SlaTargetType {
  @Field(() => PriorityEnum)
  priority!: Priority;

  @Field(() => SlaMeasureEnum)
  measure!: Measure;

  @Field(() => Int)
  minutes!: number;
}

@ObjectType('SlaPolicy', { description: "The tenant's targets, one for each priority and measure." })
@Directive('@key(fields: "id")')
@Access(...SLA_READERS)
export class SlaPolicyType {
  @Field(() => ID)
  id!: string;

  @Field(() => [SlaTargetType])
  targets!: readonly SlaTargetType[];

  @Field({ description: 'When this version was set.' })
  revisedAt!: Date;
}

@InputType({ description: 'A target to set; those not named stay.' })
export class SlaTargetInput {
  @Field(() => PriorityEnum)
  priority!: Priority;

  @Field(() => SlaMeasureEnum)
  measure!: Measure;

  @Field(() => Int, { description: 'Whole minutes, 1 to 525600.' })
  minutes!: number;
}

@ObjectType()
@Access(...EVERYBODY)
export class SlaPolicyPayload {
  @Field(() => SlaPolicyType, { nullable: true, description: 'Null when refused.' })
  slaPolicy!: SlaPolicyType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

import { Access, EVERYBODY, MutationError } from '@graphdesk/subgraph';
import { Field, ObjectType } from '@nestjs/graphql';
import type { IncidentRecord } from '../persistence/incident.record.js';
import type { IntakeSourceRecord } from '../persistence/intake-source.record.js';
import { IncidentType } from './incident.type.js';
import { IntakeSourceType } from './intake-source.type.js';

@ObjectType()
@Access(...EVERYBODY)
export class IncidentPayload {
  @Field(() => IncidentType, { nullable: true, description: 'Null when refused.' })
  incident!: IncidentRecord | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@ObjectType()
@Access('admin')
export class CreateIntakeSourcePayload {
  @Field(() => IntakeSourceType, { nullable: true, description: 'Null when refused.' })
  intakeSource!: IntakeSourceRecord | null;

  @Field(() => String, { nullable: true, description: 'Shown this once; only a digest of it is kept.' })
  secret!: string | null;

  @Field(() => [MutationError])
  @Access(...EVERYBODY)
  errors!: MutationError[];
}

import { Access } from '@graphdesk/subgraph';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { IntakeSourceKind } from '../domain/intake-source.js';
import { IntakeSourceKindEnum } from './incident.enums.js';

@ObjectType('IntakeSource', { description: 'A monitor of the tenant that may send alerts.' })
@Access('admin')
export class IntakeSourceType {
  @Field(() => ID)
  id!: string;

  @Field({ description: 'Unique per tenant.' })
  name!: string;

  @Field(() => IntakeSourceKindEnum)
  kind!: IntakeSourceKind;

  @Field()
  createdAt!: Date;
}

import { Access, EVERYBODY } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Incident')
@Directive('@key(fields: "id")')
export class IncidentReference {
  @Field(() => ID)
  @Access(...EVERYBODY)
  id!: string;
}

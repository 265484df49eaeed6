import { Access, EVERYBODY } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Service')
@Directive('@key(fields: "id")')
export class ServiceReference {
  @Field(() => ID)
  @Access(...EVERYBODY)
  id!: string;
}

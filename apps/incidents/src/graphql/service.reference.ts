import { Access, EVERYBODY } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';

/** Owned by catalog; here it gets its incidents. */
@ObjectType('Service')
@Directive('@key(fields: "id")')
@Access(...EVERYBODY)
export class ServiceReference {
  @Field(() => ID)
  id!: string;
}

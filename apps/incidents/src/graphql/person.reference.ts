import { Access, EVERYBODY } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';

/** Owned by catalog; here a person gets their incidents. */
@ObjectType('Person')
@Directive('@key(fields: "id")')
@Access(...EVERYBODY)
export class PersonReference {
  @Field(() => ID)
  id!: string;
}

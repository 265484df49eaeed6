import { Access, EVERY_INSIDER } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';

/** Owned by catalog. */
@ObjectType('Team')
@Directive('@key(fields: "id", resolvable: false)')
@Access(...EVERY_INSIDER)
export class TeamReference {
  @Field(() => ID)
  id!: string;
}

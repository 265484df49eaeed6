import { Access, EVERYBODY } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Person')
@Directive('@key(fields: "id")')
export class PersonReference {
  @Field(() => ID)
  @Access(...EVERYBODY)
  id!: string;
}

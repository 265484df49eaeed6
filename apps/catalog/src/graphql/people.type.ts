import { Access, connectionOf, EVERY_INSIDER } from '@graphdesk/subgraph';
import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('Team', { description: 'A group of people who run services.' })
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER)
export class TeamType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field(() => Int, { name: 'revision', description: 'How many events it has behind it; grows by one with each.' })
  version!: number;
}

@ObjectType('Person', { description: 'Somebody of the tenant; the id is the subject of their tokens.' })
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER)
export class PersonType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true, description: 'Null when none is known, as of people who were imported.' })
  email!: string | null;

  @Field(() => Int, { name: 'revision', description: 'How many events it has behind it; grows by one with each.' })
  version!: number;
}

@ObjectType('Tenant', { description: 'An organisation that uses the installation.' })
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER, 'operator')
export class TenantType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field(() => Int, { name: 'revision', description: 'How many events it has behind it; grows by one with each.' })
  version!: number;
}

export const PersonConnection = connectionOf(PersonType, 'Person');
export const TeamConnection = connectionOf(TeamType, 'Team');

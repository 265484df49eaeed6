import { Access, connectionOf, EVERY_INSIDER } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Team', { description: 'A group of people who run services.' })
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER)
export class TeamType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;
}

@ObjectType('Person', { description: 'Somebody of the tenant; the id is the subject of their tokens.' })
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER)
export class PersonType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field()
  email!: string;
}

@ObjectType('Tenant', { description: 'An organisation that uses the installation.' })
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER, 'operator')
export class TenantType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;
}

export const PersonConnection = connectionOf(PersonType, 'Person');
export const TeamConnection = connectionOf(TeamType, 'Team');

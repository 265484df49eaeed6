import { Access, EVERYBODY } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';

/** Owned by incidents; this service adds its suspected changes. */
@ObjectType('Incident')
@Directive('@key(fields: "id")')
@Access(...EVERYBODY)
export class IncidentReference {
  @Field(() => ID)
  id!: string;
}

/** Owned by catalog; this service adds its recent changes. */
@ObjectType('Service')
@Directive('@key(fields: "id")')
@Access(...EVERYBODY)
export class ServiceReference {
  @Field(() => ID)
  id!: string;
}

/** Owned by catalog. */
@ObjectType('Person')
@Directive('@key(fields: "id", resolvable: false)')
@Access(...EVERYBODY)
export class PersonReference {
  @Field(() => ID)
  id!: string;
}

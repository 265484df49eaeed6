import { Access, EVERYBODY, MutationError } from '@graphdesk/subgraph';
import { Field, ObjectType } from '@nestjs/graphql';
import { PersonType, TeamType, TenantType } from './people.type.js';
import { ServiceType } from './service.type.js';

@ObjectType()
@Access(...EVERYBODY)
export class ServicePayload {
  @Field(() => ServiceType, { nullable: true, description: 'Null when refused.' })
  service!: ServiceType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@ObjectType()
@Access(...EVERYBODY)
export class TeamPayload {
  @Field(() => TeamType, { nullable: true, description: 'Null when refused.' })
  team!: TeamType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@ObjectType()
@Access(...EVERYBODY)
export class PersonPayload {
  @Field(() => PersonType, { nullable: true, description: 'Null when refused.' })
  person!: PersonType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@ObjectType()
@Access(...EVERYBODY)
export class TenantPayload {
  @Field(() => TenantType, { nullable: true, description: 'Null when refused.' })
  tenant!: TenantType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

import { Field, ID, InputType } from '@nestjs/graphql';
import type { Tier } from '../domain/service.js';
import { ServiceTier } from './service.type.js';

@InputType({ description: 'All that may be said of a service besides its key.' })
export class ServiceDescriptionInput {
  @Field({ description: 'For people.' })
  name!: string;

  @Field(() => ServiceTier)
  tier!: Tier;

  @Field(() => [String], { defaultValue: ['production'], description: 'Where it runs.' })
  environments!: string[];

  @Field(() => ID, { nullable: true, description: 'The team that runs it.' })
  ownerTeamId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Owns its incidents at birth; without one, the service-desk lead does.',
  })
  accountablePersonId?: string | null;

  @Field(() => [ID], { defaultValue: [], description: 'The services it needs.' })
  dependsOn!: string[];
}

@InputType()
export class RegisterServiceInput extends ServiceDescriptionInput {
  @Field({ description: 'Unique per tenant; lower-case letters, digits and dashes, 63 at most.' })
  key!: string;
}

@InputType()
export class RegisterPersonInput {
  @Field(() => ID, { nullable: true, description: 'Given when the identity provider already has one for them.' })
  id?: string | null;

  @Field()
  name!: string;

  @Field({ description: 'Unique per tenant, kept in lower case.' })
  email!: string;

  @Field(() => [ID], { defaultValue: [] })
  teamIds!: string[];
}

import { Access, connectionOf, enumOf, EVERY_INSIDER, EVERYBODY } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';
import type { Tier } from '../domain/service.js';

export const ServiceTier = enumOf<Tier>(
  'ServiceTier',
  ['TIER_1', 'TIER_2', 'TIER_3'],
  'How much of the business stops when the service stops; TIER_1 is the most critical.',
);

@ObjectType('Service', { description: 'Something the business runs on: what incidents hurt and changes touch.' })
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER)
export class ServiceType {
  @Field(() => ID)
  @Access(...EVERYBODY)
  id!: string;

  @Field({ description: 'Unique per tenant: what alerts and deployments call it.' })
  @Access(...EVERYBODY)
  key!: string;

  @Field()
  @Access(...EVERYBODY)
  name!: string;

  @Field(() => ServiceTier)
  tier!: Tier;

  @Field(() => [String], { description: 'Where it runs, such as production.' })
  environments!: readonly string[];
}

export const ServiceConnection = connectionOf(ServiceType, 'Service');

import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, payload } from '@graphdesk/subgraph';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { AddSubscriber } from '../use-cases/add-subscriber.js';
import { RemoveSubscriber } from '../use-cases/remove-subscriber.js';
import { AddSubscriberInput, SubscriberPayload, SubscriberType } from './subscriber.type.js';

@Resolver(() => SubscriberType)
export class SubscriberMutationsResolver {
  constructor(
    private readonly adding: AddSubscriber,
    private readonly removing: RemoveSubscriber,
  ) {}

  @Mutation(() => SubscriberPayload, { description: 'Puts somebody on the list of those who are told.' })
  @Access(...EVERY_INSIDER)
  async addSubscriber(
    @CurrentActor() actor: Actor,
    @Args('input') { email, audience, serviceIds }: AddSubscriberInput,
  ): Promise<SubscriberPayload> {
    const asked = { email, audience, serviceIds: serviceIds ?? null };
    return payload('subscriber', await this.adding.execute(actor, asked));
  }

  @Mutation(() => SubscriberPayload, { description: 'Takes somebody off the list and erases the address.' })
  @Access(...EVERY_INSIDER)
  async removeSubscriber(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SubscriberPayload> {
    return payload('subscriber', await this.removing.execute(actor, id));
  }
}

import type { Actor } from '@graphdesk/identity';
import {
  Access,
  connection,
  CurrentActor,
  CurrentRequest,
  PageArgs,
  pageOf,
  type Connection,
  type RequestContext,
} from '@graphdesk/subgraph';
import { Args, ID, Int, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { SUBSCRIBER_READERS } from '../domain/update-permissions.js';
import type { SubscriberRecord } from '../persistence/subscriber.record.js';
import { SubscribersReader } from '../persistence/subscribers.reader.js';
import { DeliveriesLoader } from './deliveries.loader.js';
import { ServiceReference } from './service.reference.js';
import { SubscriberConnection, SubscriberFilterInput, SubscriberType } from './subscriber.type.js';
import { entryOf, SubscriberTimelineEntryType } from './timeline-entries.type.js';

@Resolver(() => SubscriberType)
export class SubscriberResolver {
  constructor(
    private readonly reader: SubscribersReader,
    private readonly loader: DeliveriesLoader,
  ) {}

  @Query(() => SubscriberConnection, { description: 'Who is told of updates, newest first.' })
  @Access(...SUBSCRIBER_READERS)
  async subscribers(
    @CurrentActor() actor: Actor,
    @Args() args: PageArgs,
    @Args('filter', { type: () => SubscriberFilterInput, nullable: true }) filter: SubscriberFilterInput | null,
  ): Promise<Connection<SubscriberRecord>> {
    const page = pageOf(args);
    const asked = { audience: filter?.audience ?? null, removed: filter?.removed ?? false };
    return connection(await this.reader.subscribers(actor, page, asked), page);
  }

  @Query(() => SubscriberType, { nullable: true, description: 'Somebody on the list, or who was, by id.' })
  @Access(...SUBSCRIBER_READERS)
  subscriber(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SubscriberRecord | null> {
    return this.loader.subscriber(request, id);
  }

  @ResolveReference()
  reference(reference: { id: string }, request: RequestContext): Promise<SubscriberRecord | null> {
    return this.loader.subscriber(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() subscriber: SubscriberRecord): number {
    return subscriber.version;
  }

  @ResolveField(() => [ServiceReference], { nullable: true, description: 'Of incidents of these; null: of all.' })
  services(@Parent() { serviceIds }: SubscriberRecord): ServiceReference[] | null {
    return serviceIds && serviceIds.map((id) => ({ id }));
  }

  @ResolveField(() => [SubscriberTimelineEntryType], { description: 'Who added and who removed them, in order.' })
  async timeline(
    @Parent() subscriber: SubscriberRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<SubscriberTimelineEntryType[]> {
    return (await this.loader.timeline(request, subscriber.id)).map(entryOf);
  }
}

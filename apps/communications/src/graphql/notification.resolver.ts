import { CurrentRequest, type RequestContext } from '@graphdesk/subgraph';
import { Int, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import type { NotificationRecord } from '../persistence/notification.record.js';
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import type { SubscriberRecord } from '../persistence/subscriber.record.js';
import { DeliveriesLoader } from './deliveries.loader.js';
import { NotificationType } from './notification.type.js';
import { StakeholderUpdateType } from './stakeholder-update.type.js';
import { StakeholderUpdatesLoader } from './stakeholder-updates.loader.js';
import { SubscriberType } from './subscriber.type.js';
import { entryOf, NotificationTimelineEntryType } from './timeline-entries.type.js';

@Resolver(() => NotificationType)
export class NotificationResolver {
  constructor(
    private readonly loader: DeliveriesLoader,
    private readonly updates: StakeholderUpdatesLoader,
  ) {}

  @ResolveReference()
  reference(reference: { id: string }, request: RequestContext): Promise<NotificationRecord | null> {
    return this.loader.notification(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() notification: NotificationRecord): number {
    return notification.version;
  }

  @ResolveField(() => Date, { nullable: true, description: 'Null while a try is under way, and when it is over.' })
  nextTryAt(@Parent() { underway, dueAt }: NotificationRecord): Date | null {
    return underway ? null : dueAt;
  }

  @ResolveField(() => StakeholderUpdateType, { nullable: true })
  update(
    @Parent() notification: NotificationRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<StakeholderUpdateRecord | null> {
    return this.updates.update(request, notification.updateId);
  }

  @ResolveField(() => SubscriberType, { nullable: true, description: 'Null for those who may not see the list.' })
  subscriber(
    @Parent() notification: NotificationRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<SubscriberRecord | null> {
    return this.loader.subscriber(request, notification.subscriberId);
  }

  @ResolveField(() => [NotificationTimelineEntryType], { description: 'Everything that happened to it, in order.' })
  async timeline(
    @Parent() notification: NotificationRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<NotificationTimelineEntryType[]> {
    return (await this.loader.timeline(request, notification.id)).map(entryOf);
  }
}

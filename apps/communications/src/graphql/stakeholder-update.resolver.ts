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
import { UPDATE_READERS } from '../domain/update-permissions.js';
import type { NotificationRecord } from '../persistence/notification.record.js';
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import { StakeholderUpdatesReader } from '../persistence/stakeholder-updates.reader.js';
import { DeliveriesLoader } from './deliveries.loader.js';
import { IncidentReference } from './incident.reference.js';
import { NotificationType } from './notification.type.js';
import { PersonReference } from './person.reference.js';
import {
  StakeholderUpdateConnection,
  StakeholderUpdateFilterInput,
  StakeholderUpdateType,
} from './stakeholder-update.type.js';
import { StakeholderUpdatesLoader } from './stakeholder-updates.loader.js';
import { entryOf, StakeholderUpdateTimelineEntryType } from './timeline-entries.type.js';

@Resolver(() => StakeholderUpdateType)
export class StakeholderUpdateResolver {
  constructor(
    private readonly reader: StakeholderUpdatesReader,
    private readonly loader: StakeholderUpdatesLoader,
    private readonly deliveries: DeliveriesLoader,
  ) {}

  @Query(() => StakeholderUpdateConnection, { description: 'Updates to stakeholders, newest first.' })
  @Access(...UPDATE_READERS)
  async stakeholderUpdates(
    @CurrentActor() actor: Actor,
    @Args() args: PageArgs,
    @Args('filter', { type: () => StakeholderUpdateFilterInput, nullable: true })
    filter: StakeholderUpdateFilterInput | null,
  ): Promise<Connection<StakeholderUpdateRecord>> {
    const page = pageOf(args);
    return connection(await this.reader.updates(actor, page, filter?.state ?? null), page);
  }

  @Query(() => StakeholderUpdateType, { nullable: true, description: 'An update by its id.' })
  @Access(...UPDATE_READERS)
  stakeholderUpdate(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<StakeholderUpdateRecord | null> {
    return this.loader.update(request, id);
  }

  @ResolveReference()
  reference(reference: { id: string }, request: RequestContext): Promise<StakeholderUpdateRecord | null> {
    return this.loader.update(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() update: StakeholderUpdateRecord): number {
    return update.version;
  }

  @ResolveField(() => IncidentReference, { nullable: true })
  incident(@Parent() update: StakeholderUpdateRecord): IncidentReference {
    return { id: update.incidentId };
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who changed the words last.' })
  editedBy(@Parent() update: StakeholderUpdateRecord): PersonReference | null {
    return update.editedBy === null ? null : { id: update.editedBy };
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who answers for the words.' })
  approvedBy(@Parent() update: StakeholderUpdateRecord): PersonReference | null {
    return update.approvedBy === null ? null : { id: update.approvedBy };
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who handed it over to be delivered.' })
  sentBy(@Parent() update: StakeholderUpdateRecord): PersonReference | null {
    return update.sentBy === null ? null : { id: update.sentBy };
  }

  @ResolveField(() => [NotificationType], { description: 'How far it is with each recipient; empty until it is sent.' })
  notifications(
    @Parent() update: StakeholderUpdateRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly NotificationRecord[]> {
    return this.deliveries.notificationsOfUpdate(request, update.id);
  }

  @ResolveField(() => [StakeholderUpdateTimelineEntryType], {
    description: 'Everything that happened to it, in order.',
  })
  async timeline(
    @Parent() update: StakeholderUpdateRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<StakeholderUpdateTimelineEntryType[]> {
    return (await this.deliveries.timeline(request, update.id)).map(entryOf);
  }
}

import { Access, CurrentRequest, EVERY_INSIDER, timelineEntry, type RequestContext } from '@graphdesk/subgraph';
import { Args, ID, Int, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import type { ActionItemRecord } from '../persistence/action-item.record.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { ActionItemLoader } from './action-item.loader.js';
import { ActionItemTimelineEntryType, ActionItemType } from './action-item.type.js';
import { IncidentLoader } from './incident.loader.js';
import { IncidentType } from './incident.type.js';
import { PersonReference } from './person.reference.js';

/** What each kind of entry says. */
const SENTENCES = {
  ACTION_ITEM_ADDED: 'To be done until {dueAt}: {title}',
  ACTION_ITEM_COMPLETED: 'Done',
  ACTION_ITEM_DROPPED: 'Dropped: {reason}',
  ACTION_ITEM_RESCHEDULED: 'Now to be done until {dueAt}: {reason}',
  ACTION_ITEM_OVERDUE: 'Overdue since {dueAt}',
};

@Resolver(() => ActionItemType)
export class ActionItemResolver {
  constructor(
    private readonly loader: ActionItemLoader,
    private readonly incidents: IncidentLoader,
  ) {}

  @Query(() => ActionItemType, { nullable: true, description: 'An action item by its id.' })
  @Access(...EVERY_INSIDER)
  actionItem(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ActionItemRecord | null> {
    return this.loader.actionItem(request, id);
  }

  @ResolveReference()
  resolveReference(reference: { id: string }, request: RequestContext): Promise<ActionItemRecord | null> {
    return this.loader.actionItem(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() item: ActionItemRecord): number {
    return item.version;
  }

  @ResolveField(() => IncidentType, { nullable: true, description: 'What it follows from; it outlives it.' })
  incident(
    @Parent() item: ActionItemRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<IncidentRecord | null> {
    return this.incidents.incident(request, item.incidentId);
  }

  @ResolveField(() => PersonReference, {
    nullable: true,
    description: 'The one person who answers for it. Null when they cannot be read now.',
  })
  owner(@Parent() item: ActionItemRecord): PersonReference {
    return { id: item.ownerId };
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who gave it to them.' })
  addedBy(@Parent() item: ActionItemRecord): PersonReference {
    return { id: item.addedBy };
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who said that it is done.' })
  completedBy(@Parent() item: ActionItemRecord): PersonReference | null {
    return item.completedBy ? { id: item.completedBy } : null;
  }

  @ResolveField(() => [ActionItemTimelineEntryType], {
    description: 'Everything that happened to it, in order; the latest 500 at most.',
  })
  async timeline(
    @Parent() item: ActionItemRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<ActionItemTimelineEntryType[]> {
    return (await this.incidents.timeline(request, item.id)).map((entry) => timelineEntry(SENTENCES, entry));
  }
}

/** What incidents get. */
@Resolver(() => IncidentType)
export class IncidentActionItemsResolver {
  constructor(private readonly loader: ActionItemLoader) {}

  @ResolveField(() => [ActionItemType], {
    description: 'What is to be done so that it does not come back, newest first; 100 at most.',
  })
  @Access(...EVERY_INSIDER)
  actionItems(
    @Parent() incident: IncidentRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly ActionItemRecord[]> {
    return this.loader.ofIncident(request, incident.id);
  }
}

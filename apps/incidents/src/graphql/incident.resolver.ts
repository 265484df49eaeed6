import type { Actor } from '@graphdesk/identity';
import {
  Access,
  connection,
  CurrentActor,
  CurrentRequest,
  EVERYBODY,
  ExternalReference,
  externalReference,
  PageArgs,
  pageOf,
  type Connection,
  type RequestContext,
} from '@graphdesk/subgraph';
import { Args, ID, Int, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { allowedTransitions } from '../domain/incident-lifecycle.js';
import type { IncidentState } from '../domain/vocabulary.js';
import type { AlertRecord } from '../persistence/alert.record.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsReader } from '../persistence/incidents.reader.js';
import { AlertType } from './alert.type.js';
import { IncidentStateEnum } from './incident.enums.js';
import { IncidentFilterInput } from './incident.inputs.js';
import { IncidentLoader } from './incident.loader.js';
import { IncidentConnection, IncidentMilestones, IncidentType } from './incident.type.js';
import { PersonReference } from './person.reference.js';
import { ServiceReference } from './service.reference.js';
import { TeamReference } from './team.reference.js';
import { incidentTimelineEntry } from './timeline-text.js';
import { TimelineEntryType } from './timeline.type.js';

@Resolver(() => IncidentType)
export class IncidentResolver {
  constructor(
    private readonly reader: IncidentsReader,
    private readonly loader: IncidentLoader,
  ) {}

  @Query(() => IncidentType, { nullable: true, description: 'An incident by its id.' })
  @Access(...EVERYBODY)
  incident(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<IncidentRecord | null> {
    return this.loader.incident(request, id);
  }

  @Query(() => IncidentType, { nullable: true, description: 'An incident by what people call it: 1042 for INC-1042.' })
  @Access(...EVERYBODY)
  incidentByNumber(
    @CurrentActor() actor: Actor,
    @Args('number', { type: () => Int }) number: number,
  ): Promise<IncidentRecord | null> {
    return this.reader.byNumber(actor, number);
  }

  @Query(() => IncidentConnection, { description: 'The incidents that the caller may see, newest first.' })
  @Access(...EVERYBODY)
  async incidents(
    @CurrentActor() actor: Actor,
    @Args() args: PageArgs,
    @Args('filter', { type: () => IncidentFilterInput, nullable: true }) filter?: IncidentFilterInput | null,
  ): Promise<Connection<IncidentRecord>> {
    const page = pageOf(args);
    const { state: states, priority: priorities, ...same } = filter ?? {};
    return connection(await this.reader.page(actor, { states, priorities, ...same }, page), page);
  }

  @ResolveReference()
  resolveReference(reference: { id: string }, request: RequestContext): Promise<IncidentRecord | null> {
    return this.loader.incident(request, reference.id);
  }

  @ResolveField(() => String, { description: 'What people call it: INC-1042.' })
  @Access(...EVERYBODY)
  reference(@Parent() incident: IncidentRecord): string {
    return `INC-${incident.number}`;
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  @Access(...EVERYBODY)
  revision(@Parent() incident: IncidentRecord): number {
    return incident.version;
  }

  @ResolveField(() => [IncidentStateEnum], { description: 'The states that may follow.' })
  allowedTransitions(@Parent() incident: IncidentRecord): readonly IncidentState[] {
    return allowedTransitions(incident);
  }

  @ResolveField(() => IncidentMilestones)
  @Access(...EVERYBODY)
  milestones(@Parent() incident: IncidentRecord): IncidentMilestones {
    return incident;
  }

  @ResolveField(() => ServiceReference, { nullable: true, description: 'Null when no known service was named.' })
  @Access(...EVERYBODY)
  service(@Parent() incident: IncidentRecord): ServiceReference | null {
    return incident.serviceId ? { id: incident.serviceId } : null;
  }

  @ResolveField(() => PersonReference, {
    nullable: true,
    description: 'The one accountable person; null while the tenant names nobody.',
  })
  owner(@Parent() incident: IncidentRecord): PersonReference | null {
    return incident.ownerId ? { id: incident.ownerId } : null;
  }

  @ResolveField(() => TeamReference, {
    nullable: true,
    description: 'The team that works on it; null unless an import named one.',
  })
  team(@Parent() incident: IncidentRecord): TeamReference | null {
    return incident.teamId ? { id: incident.teamId } : null;
  }

  @ResolveField(() => ExternalReference, {
    nullable: true,
    description: 'What the system that it was imported from calls it; null when it was born here.',
  })
  externalReference(@Parent() incident: IncidentRecord): ExternalReference | null {
    return externalReference(incident);
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who reported it; null for alerts.' })
  reporter(@Parent() incident: IncidentRecord): PersonReference | null {
    return incident.reporterId ? { id: incident.reporterId } : null;
  }

  @ResolveField(() => [AlertType], { description: 'Its alerts, newest first; 200 at most.' })
  async alerts(
    @Parent() incident: IncidentRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly AlertRecord[]> {
    return this.loader.alerts(request, incident.id);
  }

  @ResolveField(() => [TimelineEntryType], {
    description: 'Everything that happened to it, in order; the latest 500 at most.',
  })
  async timeline(
    @Parent() incident: IncidentRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<TimelineEntryType[]> {
    return (await this.loader.timeline(request, incident.id)).map(incidentTimelineEntry);
  }
}

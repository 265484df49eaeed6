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
import { allowedTransitions } from '../domain/change-lifecycle.js';
import { changeReference } from '../domain/change.js';
import { VIEWERS } from '../domain/visibility.js';
import type { ChangeState as State } from '../domain/vocabulary.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import { ChangesReader } from '../persistence/changes.reader.js';
import type { DeploymentRecord } from '../persistence/deployment.record.js';
import { ChangeConnection, ChangeTimelineEntryType, ChangeType } from './change.type.js';
import { ChangeState } from './changes.enums.js';
import { ChangeFilterInput } from './changes.inputs.js';
import { ChangesLoader } from './changes.loader.js';
import { DeploymentType } from './deployment.type.js';
import { IncidentReference, PersonReference, ServiceReference } from './foreign.reference.js';
import { personOf } from './person-of.js';
import { changeTimelineEntry } from './timeline-text.js';

@Resolver(() => ChangeType)
export class ChangeResolver {
  constructor(
    private readonly reader: ChangesReader,
    private readonly loader: ChangesLoader,
  ) {}

  @Query(() => ChangeConnection, { description: 'Changes, newest first.' })
  @Access(...VIEWERS)
  async changes(
    @CurrentActor() actor: Actor,
    @Args() args: PageArgs,
    @Args('filter', { type: () => ChangeFilterInput, nullable: true }) filter: ChangeFilterInput | null,
  ): Promise<Connection<ChangeRecord>> {
    const page = pageOf(args);
    return connection(await this.reader.page(actor, page, filter ?? {}), page);
  }

  @Query(() => ChangeType, { nullable: true, description: 'A change by its id.' })
  @Access(...VIEWERS)
  change(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ChangeRecord | null> {
    return this.loader.change(request, id);
  }

  @ResolveReference()
  resolveReference(reference: { id: string }, request: RequestContext): Promise<ChangeRecord | null> {
    return this.loader.change(request, reference.id);
  }

  @ResolveField(() => String, { description: 'What people call it: CHG-12.' })
  reference(@Parent() change: ChangeRecord): string {
    return changeReference(change.number);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() change: ChangeRecord): number {
    return change.version;
  }

  @ResolveField(() => [ChangeState], { description: 'The states that may follow on its route.' })
  allowedTransitions(@Parent() change: ChangeRecord): readonly State[] {
    return allowedTransitions(change);
  }

  @ResolveField(() => [ServiceReference], {
    nullable: true,
    description: 'What it touches. Null when a service cannot be read now.',
  })
  services(@Parent() change: ChangeRecord): ServiceReference[] {
    return change.serviceIds.map((id) => ({ id }));
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who asked; null when no person did.' })
  requester(@Parent() change: ChangeRecord): PersonReference | null {
    return personOf(change.requesterId);
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who said yes.' })
  authorizedBy(@Parent() change: ChangeRecord): PersonReference | null {
    return personOf(change.authorizedBy);
  }

  @ResolveField(() => [DeploymentType], { description: 'The deployments that brought it live, oldest first.' })
  deployments(
    @Parent() change: ChangeRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly DeploymentRecord[]> {
    return this.loader.deployments(request, change.id);
  }

  @ResolveField(() => ChangeType, { nullable: true, description: 'Set on a rollback: the change it takes back.' })
  rollsBackChange(
    @Parent() change: ChangeRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord | null> {
    const { rollsBackChangeId } = change;
    return rollsBackChangeId ? this.loader.change(request, rollsBackChangeId) : Promise.resolve(null);
  }

  @ResolveField(() => IncidentReference, { nullable: true, description: 'Set on a rollback: what it remedies.' })
  remedyForIncident(@Parent() change: ChangeRecord): IncidentReference | null {
    return change.remedyForIncidentId ? { id: change.remedyForIncidentId } : null;
  }

  @ResolveField(() => [ChangeTimelineEntryType], { description: 'Everything that happened to it, in order.' })
  async timeline(
    @Parent() change: ChangeRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeTimelineEntryType[]> {
    return (await this.loader.timeline(request, change.id)).map(changeTimelineEntry);
  }
}

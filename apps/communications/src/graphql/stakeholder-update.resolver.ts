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
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import { StakeholderUpdatesReader } from '../persistence/stakeholder-updates.reader.js';
import { IncidentReference } from './incident.reference.js';
import { PersonReference } from './person.reference.js';
import {
  StakeholderUpdateConnection,
  StakeholderUpdateFilterInput,
  StakeholderUpdateType,
} from './stakeholder-update.type.js';
import { StakeholderUpdatesLoader } from './stakeholder-updates.loader.js';

@Resolver(() => StakeholderUpdateType)
export class StakeholderUpdateResolver {
  constructor(
    private readonly reader: StakeholderUpdatesReader,
    private readonly loader: StakeholderUpdatesLoader,
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
}

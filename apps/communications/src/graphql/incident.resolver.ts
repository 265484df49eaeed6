import { Access, CurrentRequest, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { UPDATE_READERS } from '../domain/update-permissions.js';
import type { StakeholderUpdateRecord } from '../persistence/stakeholder-update.record.js';
import { IncidentReference } from './incident.reference.js';
import { StakeholderUpdateType } from './stakeholder-update.type.js';
import { StakeholderUpdatesLoader } from './stakeholder-updates.loader.js';

/** What this service adds to incidents. */
@Resolver(() => IncidentReference)
export class IncidentResolver {
  constructor(private readonly loader: StakeholderUpdatesLoader) {}

  @ResolveField(() => [StakeholderUpdateType], {
    nullable: true,
    description: 'What people are told about it, in order. Null when the caller may not see it or the service is away.',
  })
  @Access(...UPDATE_READERS)
  updates(
    @Parent() incident: IncidentReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly StakeholderUpdateRecord[]> {
    return this.loader.updatesOfIncident(request, incident.id);
  }
}

import { Access, CurrentRequest, EVERYBODY, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DismissedChange } from '../domain/suspect-search.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import type { SuspectedChangeRecord } from '../persistence/suspected-change.record.js';
import { ChangeType } from './change.type.js';
import { ChangesLoader } from './changes.loader.js';
import { IncidentReference, ServiceReference } from './foreign.reference.js';
import { DismissedChangeType, SuspectedChangeType } from './suspected-change.type.js';

/** What this service adds to incidents. */
@Resolver(() => IncidentReference)
export class IncidentResolver {
  constructor(private readonly loader: ChangesLoader) {}

  @ResolveField(() => [SuspectedChangeType], {
    nullable: true,
    description:
      'The changes that may have caused it, the most suspect first; empty for those who see no changes. Null when they cannot be read now.',
  })
  @Access(...EVERYBODY)
  suspectedChanges(
    @Parent() incident: IncidentReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly SuspectedChangeRecord[]> {
    return this.loader.suspectedChanges(request, incident.id);
  }

  @ResolveField(() => [DismissedChangeType], {
    nullable: true,
    description:
      'The changes that were considered and are not suspected, with the reason, 20 at most: of its service and what it needs within a day, of other services within four hours. Empty for those who see no changes. Null when they cannot be read now.',
  })
  @Access(...EVERYBODY)
  async dismissedChanges(
    @Parent() incident: IncidentReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly DismissedChange[]> {
    return (await this.loader.suspectSearch(request, incident.id))?.dismissed ?? [];
  }
}

/** What this service adds to services. */
@Resolver(() => ServiceReference)
export class ServiceResolver {
  constructor(private readonly loader: ChangesLoader) {}

  @ResolveField(() => [ChangeType], {
    nullable: true,
    description: 'Its ten newest changes; empty for those who see no changes. Null when they cannot be read now.',
  })
  @Access(...EVERYBODY)
  async recentChanges(
    @Parent() service: ServiceReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord[]> {
    const recent = await this.loader.recentChanges(request, service.id);
    return recent.map(({ change }) => change);
  }
}

import { Access, CurrentRequest, ExternalReference, externalReference, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { VIEWERS } from '../domain/visibility.js';
import type { IncidentRelation } from '../domain/vocabulary.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import { ChangeIncidentsLoader } from './change-incidents.loader.js';
import { ChangeType } from './change.type.js';
import { ChangesLoader } from './changes.loader.js';
import { IncidentReference } from './foreign.reference.js';

/** What an imported change has to do with incidents. */
@Resolver(() => ChangeType)
export class IncidentsOfChangeResolver {
  constructor(private readonly loader: ChangeIncidentsLoader) {}

  @ResolveField(() => ExternalReference, { nullable: true, description: 'Set when it was imported.' })
  externalReference(@Parent() change: ChangeRecord): ExternalReference | null {
    return externalReference(change);
  }

  @ResolveField(() => [IncidentReference], {
    nullable: true,
    description: 'The incidents that asked for it, as the system says that it was imported from.',
  })
  requestedByIncidents(
    @Parent() change: ChangeRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<IncidentReference[]> {
    return this.incidents(change, 'REQUESTED_BY', request);
  }

  @ResolveField(() => [IncidentReference], {
    nullable: true,
    description: 'The incidents that it caused, as the system says that it was imported from.',
  })
  causedIncidents(
    @Parent() change: ChangeRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<IncidentReference[]> {
    return this.incidents(change, 'CAUSED', request);
  }

  private async incidents(
    { id }: ChangeRecord,
    relation: IncidentRelation,
    request: RequestContext,
  ): Promise<IncidentReference[]> {
    const links = await this.loader.ofChange(request, id);
    return links.filter((link) => link.relation === relation).map((link) => ({ id: link.incidentId }));
  }
}

/** What an imported incident has to do with changes. */
@Resolver(() => IncidentReference)
export class ChangesOfIncidentResolver {
  constructor(
    private readonly loader: ChangeIncidentsLoader,
    private readonly changes: ChangesLoader,
  ) {}

  @ResolveField(() => [ChangeType], {
    nullable: true,
    description:
      'The changes that it asked for, as the system says that both were imported from. Null when they cannot be read now.',
  })
  @Access(...VIEWERS)
  requestedChanges(
    @Parent() incident: IncidentReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord[]> {
    return this.linked(incident, 'REQUESTED_BY', request);
  }

  @ResolveField(() => [ChangeType], {
    nullable: true,
    description:
      'The changes that caused it, as the system says that both were imported from: stated there, not suspected here. Null when they cannot be read now.',
  })
  @Access(...VIEWERS)
  causedByChanges(
    @Parent() incident: IncidentReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord[]> {
    return this.linked(incident, 'CAUSED', request);
  }

  private async linked(
    { id }: IncidentReference,
    relation: IncidentRelation,
    request: RequestContext,
  ): Promise<ChangeRecord[]> {
    const links = (await this.loader.ofIncident(request, id)).filter((link) => link.relation === relation);
    const changes = await Promise.all(links.map(({ changeId }) => this.changes.change(request, changeId)));
    return changes.filter((change) => change !== null);
  }
}

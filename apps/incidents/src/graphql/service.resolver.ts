import { Access, CurrentRequest, EVERYBODY, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentLoader } from './incident.loader.js';
import { IncidentType } from './incident.type.js';
import { ServiceReference } from './service.reference.js';

@Resolver(() => ServiceReference)
export class ServiceResolver {
  constructor(private readonly loader: IncidentLoader) {}

  @ResolveReference()
  reference(reference: { id: string }): ServiceReference {
    return { id: reference.id };
  }

  @ResolveField(() => [IncidentType], {
    nullable: true,
    description: 'Its open incidents, newest first; 100 at most. Null when they cannot be read now.',
  })
  @Access(...EVERYBODY)
  openIncidents(
    @Parent() service: ServiceReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly IncidentRecord[]> {
    return this.loader.openOfService(request, service.id);
  }
}

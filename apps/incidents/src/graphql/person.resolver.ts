import { Access, CurrentRequest, EVERY_INSIDER, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentLoader } from './incident.loader.js';
import { IncidentType } from './incident.type.js';
import { PersonReference } from './person.reference.js';

@Resolver(() => PersonReference)
export class PersonResolver {
  constructor(private readonly loader: IncidentLoader) {}

  @ResolveReference()
  reference(reference: { id: string }): PersonReference {
    return { id: reference.id };
  }

  @ResolveField(() => [IncidentType], {
    nullable: true,
    description: 'Open incidents that they own, newest first; 100 at most. Null when they cannot be read now.',
  })
  @Access(...EVERY_INSIDER)
  assignedIncidents(
    @Parent() person: PersonReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly IncidentRecord[]> {
    return this.loader.openOfOwner(request, person.id);
  }
}

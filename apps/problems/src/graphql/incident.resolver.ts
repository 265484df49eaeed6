import { Access, CurrentRequest, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PROBLEM_READERS } from '../domain/problem-permissions.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { IncidentReference } from './incident.reference.js';
import { ProblemType, SimilarIncidentType } from './problem.type.js';
import { ProblemsLoader } from './problems.loader.js';

/** What this service adds to incidents. */
@Resolver(() => IncidentReference)
export class IncidentResolver {
  constructor(private readonly loader: ProblemsLoader) {}

  @ResolveField(() => ProblemType, { nullable: true, description: 'The problem it belongs to, if one.' })
  @Access(...PROBLEM_READERS)
  async problem(
    @Parent() incident: IncidentReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<ProblemRecord | null> {
    return (await this.loader.problemOfIncident(request, incident.id))?.problem ?? null;
  }

  @ResolveField(() => [SimilarIncidentType], {
    nullable: true,
    description:
      'Incidents of the same service and signature, newest first: 10 at most. Null when the caller may not see them or the service is away.',
  })
  @Access(...PROBLEM_READERS)
  async similarIncidents(
    @Parent() incident: IncidentReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<SimilarIncidentType[]> {
    const similar = await this.loader.similarTo(request, incident.id);
    return similar.map(({ incidentId, declaredAt }) => ({
      incident: { id: incidentId },
      reason: 'SAME_SERVICE_AND_SIGNATURE',
      declaredAt,
    }));
  }
}

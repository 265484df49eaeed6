import { Access, CurrentRequest, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PROBLEM_READERS } from '../domain/problem-permissions.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { KnownErrorType } from './problem.type.js';
import { ProblemsLoader } from './problems.loader.js';
import { ServiceReference } from './service.reference.js';

/** What this service adds to services of the catalog. */
@Resolver(() => ServiceReference)
export class ServiceResolver {
  constructor(private readonly loader: ProblemsLoader) {}

  @ResolveField(() => [KnownErrorType], {
    nullable: true,
    description:
      'Problems whose cause is known and that were not fixed. Null when the caller may not see them or the service is away.',
  })
  @Access(...PROBLEM_READERS)
  knownErrors(
    @Parent() service: ServiceReference,
    @CurrentRequest() request: RequestContext,
  ): Promise<readonly ProblemRecord[]> {
    return this.loader.knownErrorsOfService(request, service.id);
  }
}

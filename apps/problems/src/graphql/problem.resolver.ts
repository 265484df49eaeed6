import type { Actor } from '@graphdesk/identity';
import {
  Access,
  connection,
  CurrentActor,
  CurrentRequest,
  ExternalReference,
  externalReference,
  PageArgs,
  pageOf,
  type Connection,
  type RequestContext,
} from '@graphdesk/subgraph';
import { Args, ID, Int, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { PROBLEM_READERS } from '../domain/problem-permissions.js';
import { isKnownError } from '../domain/problem.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsReader } from '../persistence/problems.reader.js';
import { IncidentReference } from './incident.reference.js';
import { ProblemFilterInput } from './problem.inputs.js';
import { KnownErrorType, ProblemConnection, ProblemType } from './problem.type.js';
import { ProblemsLoader } from './problems.loader.js';
import { ServiceReference } from './service.reference.js';

@Resolver(() => ProblemType)
export class ProblemResolver {
  constructor(
    private readonly reader: ProblemsReader,
    private readonly loader: ProblemsLoader,
  ) {}

  @Query(() => ProblemConnection, { description: 'Problems, newest first.' })
  @Access(...PROBLEM_READERS)
  async problems(
    @CurrentActor() actor: Actor,
    @Args() args: PageArgs,
    @Args('filter', { type: () => ProblemFilterInput, nullable: true }) filter: ProblemFilterInput | null,
  ): Promise<Connection<ProblemRecord>> {
    const page = pageOf(args);
    return connection(await this.reader.problems(actor, page, filter?.state ?? null), page);
  }

  @Query(() => ProblemType, { nullable: true, description: 'A problem by its id.' })
  @Access(...PROBLEM_READERS)
  problem(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ProblemRecord | null> {
    return this.loader.problem(request, id);
  }

  @ResolveReference()
  resolveReference(reference: { id: string }, request: RequestContext): Promise<ProblemRecord | null> {
    return this.loader.problem(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() problem: ProblemRecord): number {
    return problem.version;
  }

  @ResolveField(() => String, { description: 'What people call it: PRB-7.' })
  reference(@Parent() problem: ProblemRecord): string {
    return `PRB-${problem.number}`;
  }

  @ResolveField(() => ExternalReference, { nullable: true, description: 'Set when it was imported.' })
  externalReference(@Parent() problem: ProblemRecord): ExternalReference | null {
    return externalReference(problem);
  }

  @ResolveField(() => ServiceReference, { nullable: true, description: 'The service it is about, if one.' })
  service(@Parent() problem: ProblemRecord): ServiceReference | null {
    return problem.serviceId === null ? null : { id: problem.serviceId };
  }

  @ResolveField(() => KnownErrorType, { nullable: true, description: 'Set while the cause is known and not fixed.' })
  knownError(@Parent() problem: ProblemRecord): KnownErrorType | null {
    return isKnownError(problem) ? problem : null;
  }

  @ResolveField(() => [IncidentReference], { nullable: true, description: 'Its incidents, newest first: 100 at most.' })
  async incidents(
    @Parent() problem: ProblemRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<IncidentReference[]> {
    const links = await this.loader.incidentsOfProblem(request, problem.id);
    return links.map(({ incidentId }) => ({ id: incidentId }));
  }

  @ResolveField(() => Int, { description: 'How many incidents it has in all.' })
  async incidentCount(@Parent() problem: ProblemRecord, @CurrentRequest() request: RequestContext): Promise<number> {
    const links = await this.loader.incidentsOfProblem(request, problem.id);
    return links[0]?.total ?? 0;
  }
}

@Resolver(() => KnownErrorType)
export class KnownErrorResolver {
  @ResolveField(() => ProblemType)
  problem(@Parent() problem: ProblemRecord): ProblemRecord {
    return problem;
  }
}

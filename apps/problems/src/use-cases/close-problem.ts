import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { closeProblem } from '../domain/handle-problem.js';
import type { ResolutionCode } from '../domain/vocabulary.js';
import type { ProblemRefusal } from '../domain/problem-refusals.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsRepository } from '../persistence/problems.repository.js';

/** Ends a problem with a resolution code and notes. */
@Injectable()
export class CloseProblem {
  constructor(
    private readonly problems: ProblemsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    id: string,
    resolution: { readonly code: ResolutionCode; readonly notes: string },
  ): Promise<Outcome<ProblemRecord, ProblemRefusal>> {
    return this.problems.change(actor, id, (problem) => closeProblem(problem, resolution, actor, this.clock.now()));
  }
}

import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { moveProblem } from '../domain/handle-problem.js';
import type { ProblemState } from '../domain/vocabulary.js';
import type { ProblemRefusal } from '../domain/problem-refusals.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsRepository } from '../persistence/problems.repository.js';

/** Takes a step of the lifecycle other than the last. */
@Injectable()
export class MoveProblem {
  constructor(
    private readonly problems: ProblemsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, to: ProblemState): Promise<Outcome<ProblemRecord, ProblemRefusal>> {
    return this.problems.change(actor, id, (problem) => moveProblem(problem, to, actor, this.clock.now()));
  }
}

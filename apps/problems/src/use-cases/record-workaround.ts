import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { recordWorkaround } from '../domain/handle-problem.js';
import type { ProblemRefusal } from '../domain/problem-refusals.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsRepository } from '../persistence/problems.repository.js';

/** Puts on record what helps until it is fixed. */
@Injectable()
export class RecordWorkaround {
  constructor(
    private readonly problems: ProblemsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, workaround: string): Promise<Outcome<ProblemRecord, ProblemRefusal>> {
    return this.problems.change(actor, id, (problem) => recordWorkaround(problem, workaround, actor, this.clock.now()));
  }
}

import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { recordRootCause, type Findings } from '../domain/handle-problem.js';
import type { ProblemRefusal } from '../domain/problem-refusals.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsRepository } from '../persistence/problems.repository.js';

/** Puts the cause on record: the problem is a known error from now on. */
@Injectable()
export class RecordRootCause {
  constructor(
    private readonly problems: ProblemsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, findings: Findings): Promise<Outcome<ProblemRecord, ProblemRefusal>> {
    return this.problems.change(actor, id, (problem) => recordRootCause(problem, findings, actor, this.clock.now()));
  }
}

import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome, type Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbidden } from '../domain/problem-permissions.js';
import type { ProblemRefusal } from '../domain/problem-refusals.js';
import { registerProblem, type ProblemDescription } from '../domain/raise-problem.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsRepository } from '../persistence/problems.repository.js';
import { RecurrencesReader } from '../persistence/recurrences.reader.js';
import { ServicesReader } from '../projections/services/services.reader.js';

/** A person registers a problem, with the incidents they know of. */
@Injectable()
export class RegisterProblem {
  constructor(
    private readonly database: TenantDatabase,
    private readonly problems: ProblemsRepository,
    private readonly recurrences: RecurrencesReader,
    private readonly services: ServicesReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    description: ProblemDescription,
    incidentIds: readonly string[],
  ): Promise<Outcome<ProblemRecord, ProblemRefusal>> {
    const refused = forbidden(actor, 'register');
    if (refused) return refused;
    return this.database.transaction(actor.tenantId, async () => {
      const fault = await this.faultOf(actor, description, incidentIds);
      if (fault) return fault;
      const now = this.clock.now();
      const id = newId('problem');
      // Judged before a number is taken, so that a refusal leaves no gap.
      const judged = registerProblem(description, incidentIds, { id, number: 0 }, actor, now);
      if (!judged.ok) return judged;
      const number = await this.problems.nextNumber(actor);
      const taken = refuse('INVALID_INPUT' as const, 'this problem exists already');
      return this.problems.create(actor, { ...judged.changes, number }, judged.facts, taken);
    });
  }

  private async faultOf(
    actor: Actor,
    { serviceId }: ProblemDescription,
    incidentIds: readonly string[],
  ): Promise<Refused<ProblemRefusal> | null> {
    if (serviceId !== null && !(await this.services.service(actor, serviceId))) {
      return unknownReference(serviceId, 'serviceId');
    }
    const incidents = await this.recurrences.holdIncidents(actor, incidentIds);
    const unknown = incidentIds.find((id) => !incidents.some((incident) => incident.id === id));
    if (unknown) return unknownReference(unknown, 'incidentIds');
    const taken = incidents.find((incident) => incident.problem !== null);
    return taken
      ? refuse('LINKED_ELSEWHERE', `${taken.id} belongs to another problem`, { path: ['incidentIds'] })
      : null;
  }
}

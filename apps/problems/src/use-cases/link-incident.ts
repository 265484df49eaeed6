import { TenantDatabase } from '@graphdesk/database';
import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { linkIncident } from '../domain/handle-problem.js';
import { forbidden } from '../domain/problem-permissions.js';
import type { ProblemRefusal } from '../domain/problem-refusals.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsRepository } from '../persistence/problems.repository.js';
import { RecurrencesReader } from '../persistence/recurrences.reader.js';

/** A person says that an incident belongs to a problem. */
@Injectable()
export class LinkIncident {
  constructor(
    private readonly database: TenantDatabase,
    private readonly problems: ProblemsRepository,
    private readonly recurrences: RecurrencesReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, incidentId: string): Promise<Outcome<ProblemRecord, ProblemRefusal>> {
    const refused = forbidden(actor, 'linkIncident');
    if (refused) return refused;
    return this.database.transaction(actor.tenantId, async () => {
      const [incident] = await this.recurrences.holdIncidents(actor, [incidentId]);
      if (!incident) return unknownReference(incidentId, 'incidentId');
      const link = { id: incidentId, linkedTo: incident.problem?.id ?? null };
      return this.problems.change(actor, id, (problem) =>
        linkIncident(problem, link, 'BY_HAND', actor, this.clock.now()),
      );
    });
  }
}

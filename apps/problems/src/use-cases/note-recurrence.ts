import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { exhaustive, refuse, type Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { linkIncident } from '../domain/handle-problem.js';
import { proposeProblem } from '../domain/raise-problem.js';
import { judgeRecurrence, type RecurringIncident } from '../domain/recurrence.js';
import { ProblemsRepository } from '../persistence/problems.repository.js';
import { RecurrencesReader } from '../persistence/recurrences.reader.js';
import { ServicesReader } from '../projections/services/services.reader.js';

/** A new incident: the second of its kind proposes a problem, later ones join it. */
@Injectable()
export class NoteRecurrence {
  constructor(
    private readonly database: TenantDatabase,
    private readonly problems: ProblemsRepository,
    private readonly recurrences: RecurrencesReader,
    private readonly services: ServicesReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, incidentId: string): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      const kind = await this.recurrences.holdKindOf(actor, incidentId);
      if (!kind) return;
      const verdict = judgeRecurrence(kind.incident, kind.others);
      switch (verdict.do) {
        case 'NOTHING':
          return;
        case 'LINK':
          return this.link(actor, verdict.problemId, incidentId);
        case 'PROPOSE':
          return this.propose(actor, kind.incident, verdict.incidentIds);
        default:
          return exhaustive(verdict);
      }
    });
  }

  private async link(actor: Actor, problemId: string, id: string): Promise<void> {
    const outcome = await this.problems.change(actor, problemId, (problem) =>
      linkIncident(problem, { id, linkedTo: null }, 'RECURRENCE', actor, this.clock.now()),
    );
    // Closed between the judgement and now: delivered again, the incident is judged anew.
    if (!outcome.ok) throw new Error(`${id} could not be linked to ${problemId}: ${outcome.code}`);
  }

  private async propose(actor: Actor, incident: RecurringIncident, incidentIds: readonly string[]): Promise<void> {
    const { serviceId, signature } = incident;
    if (serviceId === null || signature === null) throw new Error(`${incident.id} is of no kind`);
    const service = await this.services.service(actor, serviceId);
    const identity = { id: newId('problem'), number: await this.problems.nextNumber(actor) };
    const kind = { serviceId, signature, serviceName: service?.name ?? null };
    const raised = proposeProblem(kind, incidentIds, identity, actor, this.clock.now());
    const taken = refuse('PROBLEM_EXISTS', `there is an open problem for ${signature} on this service`);
    const outcome = raised.ok ? await this.problems.create(actor, raised.changes, raised.facts, taken) : raised;
    if (!outcome.ok) throw new Error(`no problem could be proposed: ${outcome.code}`);
  }
}

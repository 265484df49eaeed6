import { nextNumber, TenantDatabase } from '@graphdesk/database';
import type { Decision, Outcome, Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { linkedBy, type ProblemFact } from '../domain/problem-facts.js';
import { publishProblem } from '../published-events.js';
import { ProblemIncidentRecord } from './problem-incident.record.js';
import { ProblemRecord } from './problem.record.js';

/** The only writer of problems and of their links to incidents: a link is saved with the fact that says so, or not at all. */
@Injectable()
export class ProblemsRepository extends WritePath<ProblemRecord, ProblemFact> {
  constructor(
    private readonly tenants: TenantDatabase,
    outbox: Outbox,
  ) {
    super(tenants, outbox, ProblemRecord, publishProblem);
  }

  /** The number of the tenant's next problem; take it in the transaction that creates the problem. */
  async nextNumber(actor: Actor): Promise<number> {
    return this.tenants.transaction(actor.tenantId, (tx) => nextNumber(tx, actor.tenantId, 'problem'));
  }

  /**
   * The problem that was imported under this name, or null. Until the transaction ends nobody else imports it: two imports of one source
   * make it once.
   */
  async holdImported(actor: Actor, externalSystem: string, externalId: string): Promise<ProblemRecord | null> {
    return this.tenants.transaction(actor.tenantId, async (tx) => {
      const key = JSON.stringify(['import-problem', actor.tenantId, externalSystem, externalId]);
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
      return tx.findOneBy(ProblemRecord, { externalSystem, externalId });
    });
  }

  override async create<Code extends string>(
    actor: Actor,
    state: Omit<ProblemRecord, 'version' | 'tenantId'>,
    facts: readonly ProblemFact[],
    taken: Refused<Code>,
  ): Promise<Outcome<ProblemRecord, Code>> {
    return this.tenants.transaction(actor.tenantId, async (tx) => {
      const outcome = await super.create(actor, state, facts, taken);
      if (outcome.ok) await saveLinks(tx, outcome.value, facts);
      return outcome;
    });
  }

  override async change<Code extends string>(
    actor: Actor,
    id: string,
    decision: (problem: ProblemRecord) => Decision<ProblemRecord, ProblemFact, Code>,
  ): Promise<Outcome<ProblemRecord, Code | 'NOT_FOUND'>> {
    return this.tenants.transaction(actor.tenantId, async (tx) => {
      let facts: readonly ProblemFact[] = [];
      const outcome = await super.change(actor, id, (problem) => {
        const decided = decision(problem);
        if (decided.ok) facts = decided.facts;
        return decided;
      });
      if (outcome.ok) await saveLinks(tx, outcome.value, facts);
      return outcome;
    });
  }
}

async function saveLinks(tx: EntityManager, problem: ProblemRecord, facts: readonly ProblemFact[]): Promise<void> {
  const { id: problemId, tenantId } = problem;
  const links = facts.flatMap((fact) =>
    linkedBy(fact).map(({ incidentId, reason }) => ({ incidentId, reason, problemId, tenantId, linkedAt: fact.at })),
  );
  if (links.length > 0) await tx.insert(ProblemIncidentRecord, links);
}

import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import type { Page } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, Not } from 'typeorm';
import { may } from '../domain/problem-permissions.js';
import type { ProblemState } from '../domain/vocabulary.js';
import { ProblemRecord } from './problem.record.js';

/** How many incidents of a problem are listed: the newest. */
export const LISTED_INCIDENTS = 100;

/** An incident of a problem. */
export interface LinkedIncident {
  readonly problemId: string;
  readonly incidentId: string;
  /** How many incidents the problem has in all. */
  readonly total: number;
}

/** A problem as one of its incidents sees it. */
export interface ProblemOfIncident {
  readonly incidentId: string;
  readonly problem: ProblemRecord;
}

/** Every query of problems, each with its visibility: those who work on services see all of the tenant's, others none. */
@Injectable()
export class ProblemsReader {
  constructor(private readonly database: TenantDatabase) {}

  async problems(actor: Actor, page: Page, states: readonly ProblemState[] | null): Promise<ProblemRecord[]> {
    if (!may(actor, 'read')) return [];
    const where = { ...(page.beforeId && { id: LessThan(page.beforeId) }), ...(states && { state: In([...states]) }) };
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(ProblemRecord, { where, order: { id: 'DESC' }, take: page.limit }),
    );
  }

  async problemsByIds(actor: Actor, ids: readonly string[]): Promise<ProblemRecord[]> {
    if (ids.length === 0 || !may(actor, 'read')) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(ProblemRecord, { id: In([...ids]) }));
  }

  async problemsOfIncidents(actor: Actor, incidentIds: readonly string[]): Promise<ProblemOfIncident[]> {
    if (incidentIds.length === 0 || !may(actor, 'read')) return [];
    return this.database.transaction(actor.tenantId, async (tx) => {
      const links = await tx.query<{ incidentId: string; problemId: string }[]>(
        'SELECT incident_id AS "incidentId", problem_id AS "problemId" FROM problem_incident WHERE incident_id = ANY ($1)',
        [[...incidentIds]],
      );
      const problems = await this.problemsByIds(actor, [...new Set(links.map((link) => link.problemId))]);
      const byId = new Map(problems.map((problem) => [problem.id, problem]));
      return links.flatMap(({ incidentId, problemId }) => {
        const problem = byId.get(problemId);
        return problem ? [{ incidentId, problem }] : [];
      });
    });
  }

  /** The newest incidents of each problem, and how many there are. */
  async incidentsOfProblems(actor: Actor, problemIds: readonly string[]): Promise<LinkedIncident[]> {
    if (problemIds.length === 0 || !may(actor, 'read')) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.query<LinkedIncident[]>(
        `SELECT "problemId", "incidentId", total FROM (
           SELECT problem_id AS "problemId", incident_id AS "incidentId",
                  (count(*) OVER (PARTITION BY problem_id))::int AS total,
                  row_number() OVER (PARTITION BY problem_id ORDER BY incident_id DESC) AS place
           FROM problem_incident WHERE problem_id = ANY ($1)
         ) linked WHERE place <= $2 ORDER BY "incidentId" DESC`,
        [[...problemIds], LISTED_INCIDENTS],
      ),
    );
  }

  /** Problems of services whose cause is known and that were not fixed, newest first. */
  async knownErrorsOfServices(actor: Actor, serviceIds: readonly string[]): Promise<ProblemRecord[]> {
    if (serviceIds.length === 0 || !may(actor, 'read')) return [];
    const known = { serviceId: In([...serviceIds]), rootCause: Not(IsNull()) };
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(ProblemRecord, {
        where: [
          { ...known, resolutionCode: IsNull() },
          { ...known, resolutionCode: 'RISK_ACCEPTED' as const },
        ],
        order: { id: 'DESC' },
      }),
    );
  }
}

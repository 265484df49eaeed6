import { loadMany, loadOne, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import { may } from '../domain/problem-permissions.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsReader, type LinkedIncident, type ProblemOfIncident } from '../persistence/problems.reader.js';
import { IncidentsReader, type SimilarIncident } from '../projections/incidents/incidents.reader.js';

/** How many similar incidents are shown: the newest. */
const SIMILAR_INCIDENTS = 10;

/** References of one request, read in one statement per kind; what the actor may not see is null or absent. */
@Injectable()
export class ProblemsLoader {
  readonly problem: Loader<string, ProblemRecord | null>;
  readonly problemOfIncident: Loader<string, ProblemOfIncident | null>;
  readonly incidentsOfProblem: Loader<string, readonly LinkedIncident[]>;
  readonly knownErrorsOfService: Loader<string, readonly ProblemRecord[]>;
  readonly similarTo: Loader<string, readonly SimilarIncident[]>;

  constructor(problems: ProblemsReader, incidents: IncidentsReader) {
    this.problem = loadOne(
      (actor, ids) => problems.problemsByIds(actor, ids),
      (problem) => problem.id,
    );
    this.problemOfIncident = loadOne(
      (actor, ids) => problems.problemsOfIncidents(actor, ids),
      (link) => link.incidentId,
    );
    this.incidentsOfProblem = loadMany(
      (actor, ids) => problems.incidentsOfProblems(actor, ids),
      (link) => link.problemId,
    );
    this.knownErrorsOfService = loadMany(
      (actor, ids) => problems.knownErrorsOfServices(actor, ids),
      (problem) => problem.serviceId ?? '',
    );
    this.similarTo = loadMany(
      async (actor, ids) => (may(actor, 'read') ? incidents.similar(actor, ids, SIMILAR_INCIDENTS) : []),
      (similar) => similar.similarTo,
    );
  }
}

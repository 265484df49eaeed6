import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome, type Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference, type ImportOutcome } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import {
  faultOfImport,
  faultOfImported,
  importProblem,
  linkImported,
  type ImportedLink,
  type ImportedProblem,
} from '../domain/import-problem.js';
import { forbidden } from '../domain/problem-permissions.js';
import type { ProblemRefusal } from '../domain/problem-refusals.js';
import type { ProblemRecord } from '../persistence/problem.record.js';
import { ProblemsRepository } from '../persistence/problems.repository.js';
import { RecurrencesReader } from '../persistence/recurrences.reader.js';
import { IncidentsReader } from '../projections/incidents/incidents.reader.js';

/** What became of one problem of an import. */
export interface ImportResult {
  readonly externalId: string;
  readonly outcome: ImportOutcome;
  readonly problem: ProblemRecord | null;
  /** Incidents that are canceled or belong to another problem here: they stay as they are. */
  readonly skippedIncidentIds: readonly string[];
  readonly refusal: Refused<string> | null;
}

/** Takes over problems of another system with their incidents: each is one transaction, and a repeat changes nothing. */
@Injectable()
export class ImportProblems {
  constructor(
    private readonly database: TenantDatabase,
    private readonly problems: ProblemsRepository,
    private readonly recurrences: RecurrencesReader,
    private readonly incidents: IncidentsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    system: string,
    imported: readonly ImportedProblem[],
  ): Promise<Outcome<ImportResult[], ProblemRefusal>> {
    const refused = forbidden(actor, 'import') ?? faultOfImport(system, imported.length);
    if (refused) return refused;
    const results: ImportResult[] = [];
    for (const problem of imported) results.push(await this.take(actor, system, problem));
    return { ok: true, value: results };
  }

  private async take(actor: Actor, system: string, imported: ImportedProblem): Promise<ImportResult> {
    const { externalId } = imported;
    return this.database.transaction(actor.tenantId, async () => {
      const known = await this.problems.holdImported(actor, system, externalId);
      const asked = [...new Map(imported.links.map((link) => [link.incidentId, link])).values()];
      const fault = faultOfImported(imported, this.clock.now()) ?? (await this.unknownIncident(actor, asked));
      if (fault) return refusedWith(externalId, fault);
      const { links, skipped } = await this.linkable(actor, known, asked);
      const skippedIncidentIds = skipped.map(({ incidentId }) => incidentId);
      const written = known
        ? await this.problems.change(actor, known.id, (problem) => linkImported(problem, links))
        : await this.create(actor, system, { ...imported, links });
      if (!written.ok) return refusedWith(externalId, written);
      const outcome = known ? (links.length > 0 ? 'EXTENDED' : 'KNOWN') : 'IMPORTED';
      return { externalId, outcome, problem: written.value, skippedIncidentIds, refusal: null };
    });
  }

  private async create(
    actor: Actor,
    system: string,
    imported: ImportedProblem,
  ): Promise<Outcome<ProblemRecord, ProblemRefusal>> {
    const identity = { id: newId('problem'), number: await this.problems.nextNumber(actor), system };
    const raised = importProblem(imported, identity, actor.id);
    if (!raised.ok) return raised;
    const taken = refuse('INVALID_INPUT' as const, 'this problem exists already');
    return this.problems.create(actor, raised.changes, raised.facts, taken);
  }

  private async unknownIncident(actor: Actor, links: readonly ImportedLink[]): Promise<Refused<ProblemRefusal> | null> {
    const ids = links.map(({ incidentId }) => incidentId);
    const known = new Set((await this.incidents.incidents(actor, ids)).map(({ id }) => id));
    const unknown = ids.find((id) => !known.has(id));
    return unknown === undefined ? null : unknownReference(unknown, 'links');
  }

  /** The links that are to be made, and those that cannot be: an incident belongs to one problem at most. */
  private async linkable(
    actor: Actor,
    known: ProblemRecord | null,
    asked: readonly ImportedLink[],
  ): Promise<{ links: ImportedLink[]; skipped: ImportedLink[] }> {
    const ids = asked.map(({ incidentId }) => incidentId);
    const held = new Map((await this.recurrences.holdIncidents(actor, ids)).map((incident) => [incident.id, incident]));
    const free = asked.filter(({ incidentId }) => held.get(incidentId)?.problem === null);
    const own = asked.filter(({ incidentId }) => known !== null && held.get(incidentId)?.problem?.id === known.id);
    return { links: free, skipped: asked.filter((link) => !free.includes(link) && !own.includes(link)) };
  }
}

function refusedWith(externalId: string, refusal: Refused<string>): ImportResult {
  return { externalId, outcome: 'REFUSED', problem: null, skippedIncidentIds: [], refusal };
}

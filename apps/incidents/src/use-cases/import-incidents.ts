import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { importHistory } from '../domain/import-history.js';
import type { ImportedIncident } from '../domain/imported-incident.js';
import { forbidden } from '../domain/incident-permissions.js';
import { invalidText, unknownTenant, type IncidentRefusal } from '../domain/incident-refusals.js';
import type { PriorityMatrix } from '../domain/priority-matrix.js';
import { NAME_LIMIT } from '../domain/report.js';
import type { Priority } from '../domain/vocabulary.js';
import { PriorityMatrixRepository } from '../persistence/priority-matrix.repository.js';
import { PeopleReader } from '../projections/people/people.reader.js';
import { ServicesReader } from '../projections/services/services.reader.js';
import { TeamsReader } from '../projections/teams/teams.reader.js';
import { TenantsReader } from '../projections/tenants/tenants.reader.js';
import { ImportIncident, type Stored } from './import-incident.js';

/** Most incidents of one call. */
export const IMPORT_LIMIT = 50;

/** What became of one incident of a call. */
export interface ImportResult {
  readonly externalId: string;
  readonly stored: Stored;
  /** The matrix's answer for each entry; empty when the history was refused. */
  readonly priorities: readonly Priority[];
}

/** What incidents of a call may name, and the matrix that they are judged by: read once for all of them. */
interface Known {
  readonly matrix: PriorityMatrix;
  readonly people: ReadonlySet<string>;
  readonly teams: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

/**
 * Incidents of another system, each with its whole history and in a transaction of its own: one that is refused does not hold up
 * the others. What is here already is not imported twice, so an interrupted import is completed by repeating it.
 */
@Injectable()
export class ImportIncidents {
  constructor(
    private readonly database: TenantDatabase,
    private readonly matrices: PriorityMatrixRepository,
    private readonly people: PeopleReader,
    private readonly teams: TeamsReader,
    private readonly services: ServicesReader,
    private readonly tenants: TenantsReader,
    private readonly importing: ImportIncident,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    system: string,
    incidents: readonly ImportedIncident[],
  ): Promise<Outcome<readonly ImportResult[], IncidentRefusal>> {
    const refusal = forbidden(actor, 'import') ?? invalidText('system', system, NAME_LIMIT);
    if (refusal) return refusal;
    if (incidents.length > IMPORT_LIMIT) {
      return refuse('INVALID_INPUT', `At most ${IMPORT_LIMIT} incidents in one call.`, { path: ['incidents'] });
    }
    const known = await this.known(actor.tenantId, incidents);
    if (!known) return unknownTenant(actor.tenantId);
    const results: ImportResult[] = [];
    for (const incident of incidents) results.push(await this.one(actor, system, incident, known));
    return { ok: true, value: results };
  }

  private async one(actor: Actor, system: string, source: ImportedIncident, known: Known): Promise<ImportResult> {
    const { externalId } = source;
    const refusal = unknownName(source, known);
    if (refusal) return { externalId, stored: refusal, priorities: [] };
    const history = importHistory(system, source, known.matrix, actor, this.clock.now());
    if (!history.ok) return { externalId, stored: history, priorities: [] };
    const stored = await this.importing.execute(actor, system, source, history);
    return { externalId, stored, priorities: history.priorities };
  }

  private async known(tenantId: string, incidents: readonly ImportedIncident[]): Promise<Known | null> {
    const named = incidents.map(namesOf);
    return this.database.transaction(tenantId, async () => {
      if (!(await this.tenants.settings(tenantId))) return null;
      const services = await this.services.byIds(tenantId, distinct(named.flatMap((names) => names.services)));
      return {
        matrix: await this.matrices.forDecision(tenantId),
        people: await this.people.known(tenantId, distinct(named.flatMap((names) => names.people))),
        teams: await this.teams.known(tenantId, distinct(named.flatMap((names) => names.teams))),
        services: new Set(services.map(({ id }) => id)),
      };
    });
  }
}

function namesOf({
  reporterId,
  openedById,
  serviceId,
  entries,
}: ImportedIncident): Record<'people' | 'teams' | 'services', string[]> {
  const people = entries.flatMap(({ ownerId, actorId, resolvedById }) => [ownerId, actorId, resolvedById]);
  return {
    people: present([reporterId, openedById, ...people]),
    teams: present(entries.map(({ teamId }) => teamId)),
    services: present([serviceId]),
  };
}

function unknownName(source: ImportedIncident, known: Known): ReturnType<typeof unknownReference> | null {
  const { people, teams, services } = namesOf(source);
  const missing = [
    ...services.filter((id) => !known.services.has(id)).map((id) => unknownReference(id, 'serviceId')),
    ...people.filter((id) => !known.people.has(id)).map((id) => unknownReference(id, 'personId')),
    ...teams.filter((id) => !known.teams.has(id)).map((id) => unknownReference(id, 'teamId')),
  ];
  return missing[0] ?? null;
}

const present = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

import type { Refused } from '@graphdesk/decisions';
import { classifyStatement } from './classify-alert.js';
import { importEntry } from './import-entry.js';
import { invalidEntry, invalidImport, type ImportedIncident } from './imported-incident.js';
import type { IncidentFact } from './incident-facts.js';
import { forbidden } from './incident-permissions.js';
import type { IncidentRefusal } from './incident-refusals.js';
import type { Acting, Incident } from './incident.js';
import { priorityOf, type PriorityMatrix } from './priority-matrix.js';
import { report, type NewIncident } from './report.js';
import type { Priority } from './vocabulary.js';

/** How an incident stood after an entry, and what the entry did to it. */
export interface ImportedStep {
  readonly incident: NewIncident;
  readonly facts: readonly IncidentFact[];
}

/** An imported history that fits the lifecycle. */
export interface ImportedHistory {
  readonly ok: true;
  /** How it was logged at its opening: NEW, owned by nobody. */
  readonly logged: ImportedStep;
  /** One per entry. */
  readonly steps: readonly ImportedStep[];
  /** The matrix's answer for each entry. What the source has as priority is not asked. */
  readonly priorities: readonly Priority[];
}

/**
 * An incident of another system, told again by the rules that hold here: logged at its opening, then each entry against what the
 * entries before it made. The first one that cannot be refuses all of it; the refusal's detail has its `reference`.
 * @param system what the other system is called
 * @param importer who imports, for entries that do not say who made them
 */
export function importHistory(
  system: string,
  source: ImportedIncident,
  matrix: PriorityMatrix,
  importer: Acting,
  now: Date,
): ImportedHistory | Refused<IncidentRefusal> {
  const refusal = forbidden(importer, 'import') ?? invalidImport(source, now);
  if (refusal) return refusal;
  const logged = logAsTold(system, source, matrix, importer);
  if (!logged.ok) return logged;
  const steps: ImportedStep[] = [];
  let incident: Incident = { ...(logged.changes as NewIncident), ...UNBORN };
  for (const entry of source.entries) {
    const decision = invalidEntry(entry, now) ?? importEntry(incident, entry, matrix, importer);
    if (!decision.ok) return { ...decision, detail: { ...decision.detail, reference: entry.reference } };
    incident = { ...incident, ...decision.changes };
    steps.push({ incident: withoutIdentity(incident), facts: decision.facts });
  }
  return {
    ok: true,
    logged: { incident: logged.changes as NewIncident, facts: logged.facts },
    steps,
    priorities: source.entries.map(({ impact, urgency }) => priorityOf(matrix, impact, urgency)),
  };
}

/** Id, number and version are given when it is stored; no rule of an import asks for them. */
const UNBORN = { id: '', number: 0, version: 0 };

function withoutIdentity({ id: _, number: __, version: ___, ...incident }: Incident): NewIncident {
  return incident;
}

function logAsTold(
  system: string,
  source: ImportedIncident,
  matrix: PriorityMatrix,
  importer: Acting,
): ReturnType<typeof report> {
  const { externalId, title, description, serviceId, reporterId, impact, urgency, openedAt } = source;
  const decision = report(
    {
      title,
      description,
      serviceId,
      environment: null,
      classification: classifyStatement(impact, urgency, matrix),
      ownerId: null,
      origin: 'IMPORT',
      signature: null,
      dedupKey: null,
      reporterId,
      impactStartedAt: null,
      detectedAt: openedAt,
    },
    importer,
    openedAt,
  );
  if (!decision.ok) return decision;
  const facts = decision.facts.map((fact) => ({ ...fact, actorId: source.openedById ?? importer.id }));
  return { ...decision, changes: { ...decision.changes, externalSystem: system, externalId }, facts };
}

/** The facts of these steps, and that they were imported: by whom and when, which the history itself does not tell. */
export function importFacts(
  { system, externalId }: { readonly system: string; readonly externalId: string },
  steps: readonly ImportedStep[],
  entries: number,
  now: Date,
): readonly IncidentFact[] {
  return [...steps.flatMap(({ facts }) => facts), { kind: 'incident-imported', system, externalId, entries, at: now }];
}

/** Whether an incident still stands as an import left it, in all that entries of an import may change. */
export function standsAs(incident: NewIncident, imported: NewIncident): boolean {
  const kept = ['state', 'onHoldReason', 'impact', 'urgency', 'ownerId', 'teamId'] as const;
  return (
    kept.every((field) => incident[field] === imported[field]) &&
    incident.resolvedAt?.getTime() === imported.resolvedAt?.getTime()
  );
}

/** What entries changed. Nothing of the opening is ever among it, whatever a later export says of that. */
export function changesBetween(before: NewIncident, after: NewIncident): Partial<NewIncident> {
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => before[field as keyof NewIncident] !== value),
  );
}

import { decide, refuse, unchanged, type Refused } from '@graphdesk/decisions';
import type { ProblemFact } from './problem-facts.js';
import { invalidText, TITLE_LIMIT, type ProblemRefusal } from './problem-refusals.js';
import type { Problem, ProblemDecision } from './problem.js';
import { UNKNOWN, type RaisedProblem } from './raise-problem.js';

/** Problems of one import, together. */
export const IMPORT_LIMIT = 100;

/** Longest name of another system, and of a problem there, in characters. */
const EXTERNAL_LIMIT = 200;

/** An incident that the other system says belongs to the problem, and since when. */
export interface ImportedLink {
  readonly incidentId: string;
  readonly linkedAt: Date;
}

/** A problem as the other system tells of it. */
export interface ImportedProblem {
  readonly externalId: string;
  readonly title: string;
  readonly raisedAt: Date;
  readonly links: readonly ImportedLink[];
}

/** The refusal of a whole import: too many at once, or a system without a name. */
export function faultOfImport(system: string, count: number): Refused<ProblemRefusal> | null {
  if (count > IMPORT_LIMIT) {
    return refuse('INVALID_INPUT', `At most ${IMPORT_LIMIT} problems at once.`, { path: ['problems'] });
  }
  return invalidText('system', system, EXTERNAL_LIMIT);
}

/** The refusal of one problem of an import; the others go on. */
export function faultOfImported(
  { externalId, title, raisedAt, links }: ImportedProblem,
  now: Date,
): Refused<ProblemRefusal> | null {
  const fault = invalidText('externalId', externalId, EXTERNAL_LIMIT) ?? invalidText('title', title, TITLE_LIMIT);
  if (fault) return fault;
  const future = [raisedAt, ...links.map(({ linkedAt }) => linkedAt)].some((at) => at > now);
  return future ? refuse('INVALID_INPUT', 'What is imported lies in the past.', { path: ['raisedAt'] }) : null;
}

/**
 * A problem of another system at its birth here. Its state there is not told, so it begins as NEW: people see it among those that need
 * somebody, and close it if it is history.
 */
export function importProblem(
  imported: ImportedProblem,
  identity: { readonly id: string; readonly number: number; readonly system: string },
  importedBy: string,
): RaisedProblem {
  const { externalId, title, raisedAt, links } = imported;
  const { id, number, system } = identity;
  const problem = {
    ...UNKNOWN,
    id,
    number,
    title: title.trim(),
    origin: 'IMPORT',
    serviceId: null,
    signature: null,
    externalSystem: system,
    externalId,
    raisedAt,
  } as const;
  const registered: ProblemFact = { kind: 'problem-registered', registeredBy: importedBy, at: raisedAt };
  return { ok: true, changes: problem, facts: [registered, ...links.map(linked)] };
}

/** Incidents that a later export names. A closed problem is not changed any more. */
export function linkImported(problem: Problem, links: readonly ImportedLink[]): ProblemDecision {
  if (links.length === 0) return unchanged();
  if (problem.state === 'CLOSED') return refuse('PROBLEM_CLOSED', 'A closed problem is not changed any more.');
  return decide({}, links.map(linked));
}

function linked({ incidentId, linkedAt }: ImportedLink): ProblemFact {
  return { kind: 'problem-incident-linked', incidentId, reason: 'IMPORT', at: linkedAt };
}

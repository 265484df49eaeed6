import { decide, refuse, unchanged, type Refused } from '@graphdesk/decisions';
import type { ChangeFact } from './change-facts.js';
import { newChange, type Change, type ChangeDecision } from './change.js';
import { invalidText, LIMITS } from './changes-refusals.js';
import type { IncidentRelation } from './vocabulary.js';

/** Changes of one import, together. */
export const IMPORT_LIMIT = 100;

/** Longest name of another system, and of a change there, in characters. */
const EXTERNAL_LIMIT = 200;

/** What the other system says the change has to do with an incident, and since when. */
export interface ImportedIncidentLink {
  readonly incidentId: string;
  readonly relation: IncidentRelation;
  readonly linkedAt: Date;
}

/** A change as the other system tells of it. */
export interface ImportedChange {
  readonly externalId: string;
  readonly title: string;
  readonly registeredAt: Date;
  readonly links: readonly ImportedIncidentLink[];
}

/** A change at birth, with what happened. */
export interface BornChange {
  readonly change: Change;
  readonly facts: readonly ChangeFact[];
}

/** The refusal of a whole import: too many at once, or a system without a name. */
export function faultOfImport(system: string, count: number): Refused<'INVALID_INPUT'> | null {
  if (count > IMPORT_LIMIT) {
    return refuse('INVALID_INPUT', `at most ${IMPORT_LIMIT} changes at once`, { path: ['changes'] });
  }
  return invalidText('system', system, EXTERNAL_LIMIT);
}

/** The refusal of one change of an import; the others go on. */
export function faultOfImported(imported: ImportedChange, now: Date): Refused<'INVALID_INPUT'> | null {
  const { externalId, title, registeredAt, links } = imported;
  const fault = invalidText('externalId', externalId, EXTERNAL_LIMIT) ?? invalidText('title', title, LIMITS.title);
  if (fault) return fault;
  const future = [registeredAt, ...links.map(({ linkedAt }) => linkedAt)].some((at) => at > now);
  return future ? refuse('INVALID_INPUT', 'what is imported lies in the past', { path: ['registeredAt'] }) : null;
}

/**
 * A change of another system at its birth here. The source names it and no more: it is history, so it ends as CLOSED at once, without
 * having gone its route and without a word on how it went. It touches no service, so nothing is ever suspected of it.
 */
export function importChange(
  imported: ImportedChange,
  identity: { readonly id: string; readonly number: number; readonly system: string },
): BornChange {
  const { externalId, registeredAt: at, links } = imported;
  const { id, number, system } = identity;
  const title = imported.title.trim();
  const request = {
    id,
    number,
    title,
    kind: 'NORMAL',
    serviceIds: [],
    environment: 'production',
    rollbackPlan: null,
  } as const;
  const born = { ...newChange(request, 'system:changes', at), externalSystem: system, externalId };
  const reason = `imported from ${system}, which does not tell its state`;
  return {
    change: { ...born, state: 'CLOSED' },
    facts: [
      { kind: 'change-registered', at },
      { kind: 'change-moved', from: 'NEW', to: 'CLOSED', reason, at },
      ...links.map(linked),
    ],
  };
}

/** Incidents that a later export names. */
export function linkIncidents(links: readonly ImportedIncidentLink[]): ChangeDecision {
  return links.length === 0 ? unchanged() : decide({}, links.map(linked));
}

function linked({ incidentId, relation, linkedAt }: ImportedIncidentLink): ChangeFact {
  return { kind: 'change-incident-linked', incidentId, relation, at: linkedAt };
}

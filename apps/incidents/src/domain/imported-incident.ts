import type { Refused } from '@graphdesk/decisions';
import { refuse } from '@graphdesk/decisions';
import { invalidText, type IncidentRefusal } from './incident-refusals.js';
import { NAME_LIMIT } from './report.js';
import type { IncidentState, Level, OnHoldReason, ResolutionCode } from './vocabulary.js';

/** Most entries of one incident: what its timeline shows. */
export const ENTRIES_LIMIT = 500;

/** No system that we import from is older, and other calendars begin to differ. */
const EARLIEST = new Date('1970-01-01T00:00:00.000Z');

/** One entry of an incident's history in another system: how the incident stood after it. */
export interface ImportedEntry {
  /** When, as the source has it. It may lie before the entry before, and before the opening: the order is the list's. */
  readonly at: Date;
  readonly state: IncidentState;
  /** Set exactly when the state is ON_HOLD. */
  readonly onHoldReason: OnHoldReason | null;
  readonly impact: Level;
  readonly urgency: Level;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  /** Who did it; null when the source does not say or the person is not known. */
  readonly actorId: string | null;
  /** The resolution, read when this entry is what resolves the incident. */
  readonly resolutionCode: ResolutionCode | null;
  readonly resolvedById: string | null;
  /** What the source says besides. */
  readonly notes: string | null;
  /** Where it stands in the source, for people: line 17. */
  readonly reference: string;
}

/** An incident of another system with its whole history. */
export interface ImportedIncident {
  /** Unique per tenant and system. */
  readonly externalId: string;
  readonly title: string;
  readonly description: string;
  readonly serviceId: string | null;
  readonly reporterId: string | null;
  /** Who opened it there; null when the source does not say or the person is not known. */
  readonly openedById: string | null;
  /** As at the opening. */
  readonly impact: Level;
  readonly urgency: Level;
  readonly openedAt: Date;
  /** In the order of the source; at least one. */
  readonly entries: readonly ImportedEntry[];
}

/** The refusal of what no history can look like, or null. The history itself is judged entry by entry. */
export function invalidImport(source: ImportedIncident, now: Date): Refused<IncidentRefusal> | null {
  const count = source.entries.length;
  if (count === 0 || count > ENTRIES_LIMIT) {
    return refuse('INVALID_INPUT', `An imported incident has 1 to ${ENTRIES_LIMIT} entries.`, { path: ['entries'] });
  }
  return invalidText('externalId', source.externalId, NAME_LIMIT) ?? invalidTime('openedAt', source.openedAt, now);
}

/** The refusal of an entry that contradicts itself, or null. */
export function invalidEntry(entry: ImportedEntry, now: Date): Refused<IncidentRefusal> | null {
  if ((entry.state === 'ON_HOLD') !== (entry.onHoldReason !== null)) {
    return refuse('INVALID_INPUT', 'onHoldReason is set exactly when the state is ON_HOLD.', {
      path: ['onHoldReason'],
    });
  }
  return invalidText('reference', entry.reference, NAME_LIMIT) ?? invalidTime('at', entry.at, now);
}

function invalidTime(field: string, at: Date, now: Date): Refused<IncidentRefusal> | null {
  if (at > now) return refuse('INVALID_INPUT', `${field} is in the future.`, { path: [field] });
  return at < EARLIEST ? refuse('INVALID_INPUT', `${field} is before 1970.`, { path: [field] }) : null;
}

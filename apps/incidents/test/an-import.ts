import type { ImportedEntry, ImportedIncident } from '../src/domain/imported-incident.js';
import { minutesFromNow, NOW } from './an-incident.js';

/** When the imported incidents of the specs were opened: an hour before {@link NOW}. */
export const OPENED = minutesFromNow(-60);

/** An entry that changes nothing; a spec states what does. Its minute counts from {@link OPENED}. */
export function anEntry(minute: number, but: Partial<ImportedEntry> = {}): ImportedEntry {
  return {
    at: new Date(OPENED.getTime() + minute * 60_000),
    state: 'NEW',
    onHoldReason: null,
    impact: 'MEDIUM',
    urgency: 'MEDIUM',
    ownerId: null,
    teamId: null,
    actorId: null,
    resolutionCode: null,
    resolvedById: null,
    notes: null,
    reference: `line ${minute + 2}`,
    ...but,
  };
}

/** An incident of another system. */
export function anImport(entries: readonly ImportedEntry[], but: Partial<ImportedIncident> = {}): ImportedIncident {
  return {
    externalId: 'INC0000047',
    title: 'Category 40, Subcategory 215',
    description: '',
    serviceId: null,
    reporterId: null,
    openedById: null,
    impact: 'MEDIUM',
    urgency: 'MEDIUM',
    openedAt: OPENED,
    entries,
    ...but,
  };
}

export { NOW };

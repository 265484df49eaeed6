import type { EventContract } from './define-event.js';
import { CATALOG_EVENTS } from './catalog/events.js';
import { CHANGES_EVENTS } from './changes/events.js';
import { COMMUNICATIONS_EVENTS } from './communications/events.js';
import { INCIDENTS_EVENTS } from './incidents/events.js';
import { PROBLEMS_EVENTS } from './problems/events.js';
import { SLA_EVENTS } from './sla/events.js';

/** Every event that this build knows. An event of any other type is newer than this build: it is parked, not dropped. */
export const ALL_EVENTS: readonly EventContract[] = [
  ...CATALOG_EVENTS,
  ...INCIDENTS_EVENTS,
  ...SLA_EVENTS,
  ...CHANGES_EVENTS,
  ...PROBLEMS_EVENTS,
  ...COMMUNICATIONS_EVENTS,
];

const byType: ReadonlyMap<string, EventContract> = new Map(ALL_EVENTS.map((contract) => [contract.type, contract]));

/** The contract of an event type such as `graphdesk.incidents.incident-reported.v1`, if this build knows it. */
export function contractOf(type: string): EventContract | undefined {
  return byType.get(type);
}

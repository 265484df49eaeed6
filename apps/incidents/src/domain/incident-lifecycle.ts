import { allowedMoves, type Lifecycle } from '@graphdesk/decisions';
import type { Incident } from './incident.js';
import type { IncidentState, Priority } from './vocabulary.js';

/** From each state, the states that may follow. */
export const INCIDENT_LIFECYCLE = {
  NEW: ['IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CANCELED'],
  IN_PROGRESS: ['ON_HOLD', 'RESOLVED', 'CANCELED'],
  ON_HOLD: ['IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CANCELED'],
  RESOLVED: ['IN_PROGRESS', 'CLOSED'],
  CLOSED: [],
  CANCELED: [],
} as const satisfies Lifecycle<IncidentState>;

/** States in which somebody is or should be working. */
export const OPEN_STATES = ['NEW', 'IN_PROGRESS', 'ON_HOLD'] as const satisfies readonly IncidentState[];

/** Priorities whose resolution is provisional until recovery was validated. */
export const VALIDATED_PRIORITIES: readonly Priority[] = ['P1', 'P2'];

/** Whether somebody is or should be working on it. */
export function isOpen(incident: Pick<Incident, 'state'>): boolean {
  return (OPEN_STATES as readonly IncidentState[]).includes(incident.state);
}

/** Whether it may not be closed before somebody saw the fix hold. */
export function awaitsValidation(incident: Pick<Incident, 'priority' | 'recoveryValidatedAt'>): boolean {
  return VALIDATED_PRIORITIES.includes(incident.priority) && incident.recoveryValidatedAt === null;
}

/** The states that may follow for this very incident: the table, less CLOSED while recovery awaits validation. */
export function allowedTransitions(
  incident: Pick<Incident, 'state' | 'priority' | 'recoveryValidatedAt'>,
): readonly IncidentState[] {
  const moves: readonly IncidentState[] = allowedMoves<IncidentState>(INCIDENT_LIFECYCLE, incident.state);
  return awaitsValidation(incident) ? moves.filter((state) => state !== 'CLOSED') : moves;
}

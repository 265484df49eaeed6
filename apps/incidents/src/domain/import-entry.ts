import { canMove, decide, unchanged } from '@graphdesk/decisions';
import { cancel, hold, reprioritize, resume } from './handling.js';
import type { ImportedEntry } from './imported-incident.js';
import type { IncidentFact } from './incident-facts.js';
import { INCIDENT_LIFECYCLE } from './incident-lifecycle.js';
import { invalidText, invalidTransition } from './incident-refusals.js';
import type { Acting, Incident, IncidentDecision } from './incident.js';
import type { PriorityMatrix } from './priority-matrix.js';
import { NOTES_LIMIT, reopen, resolve } from './resolution.js';
import type { IncidentState } from './vocabulary.js';

/** What an act of an import needs to know besides the incident. */
interface Told {
  readonly entry: ImportedEntry;
  readonly matrix: PriorityMatrix;
  /** Who did it at the source, as far as it says, with the powers of who imports. */
  readonly acting: Acting;
}

type Act = (incident: Incident, told: Told) => IncidentDecision;

/**
 * What one entry of an imported history did to the incident: what it was assigned, how it was assessed, and the step that it
 * took, each by the rule that binds people here. An entry that did nothing we keep is still one entry of the timeline.
 */
export function importEntry(
  incident: Incident,
  entry: ImportedEntry,
  matrix: PriorityMatrix,
  importer: Acting,
): IncidentDecision {
  const refusal = entry.notes === null ? null : invalidText('notes', entry.notes, NOTES_LIMIT);
  if (refusal) return refusal;
  const acting = { id: entry.actorId ?? importer.id, roles: importer.roles };
  let changes: Partial<Incident> = {};
  const facts: IncidentFact[] = [];
  // Assigned and assessed first: after the last step of an incident nothing of it can be changed.
  for (const act of [assignAsTold, assessAsTold, STEPS[entry.state]]) {
    const decision = act({ ...incident, ...changes }, { entry, matrix, acting });
    if (!decision.ok) return decision;
    changes = { ...changes, ...decision.changes };
    facts.push(...decision.facts);
  }
  const untold = entry.notes !== null && !facts.some(({ kind }) => kind === 'incident-resolved');
  if (facts.length === 0 || untold) {
    const text = entry.notes?.trim() ?? 'Updated at the source; nothing that is kept here changed';
    facts.push({ kind: 'incident-update-imported', reference: entry.reference, text, at: entry.at });
  }
  return decide(
    changes,
    facts.map((fact) => ({ ...fact, actorId: acting.id })),
  );
}

const assignAsTold: Act = (incident, { entry: { ownerId, teamId, at, reference } }) => {
  const { ownerId: previousOwnerId, teamId: previousTeamId } = incident;
  if (ownerId === previousOwnerId && teamId === previousTeamId) return unchanged();
  if (INCIDENT_LIFECYCLE[incident.state].length === 0) return invalidTransition(incident, 'assigned');
  const reason = `imported, ${reference}`;
  return decide({ ownerId, teamId }, [
    ownerId !== null && teamId === previousTeamId
      ? { kind: 'incident-assigned', ownerId, previousOwnerId, reason, at }
      : { kind: 'incident-routed', teamId, previousTeamId, ownerId, previousOwnerId, reason, at },
  ]);
};

const assessAsTold: Act = (incident, { entry: { impact, urgency, at, reference }, matrix, acting }) => {
  if (impact === incident.impact && urgency === incident.urgency) return unchanged();
  return reprioritize(incident, { impact, urgency, reason: `imported, ${reference}` }, matrix, acting, at);
};

/** The step into a state. Where the table has no step from where the incident is, it is refused as anybody else's would be. */
const STEPS: Readonly<Record<IncidentState, Act>> = {
  NEW: (incident) => (incident.state === 'NEW' ? unchanged() : invalidTransition(incident, 'new again')),
  IN_PROGRESS: (incident, { entry: { at, reference, actorId }, acting }) => {
    if (incident.state === 'IN_PROGRESS') return unchanged();
    if (incident.state === 'RESOLVED') return reopen(incident, `imported, ${reference}`, acting, at);
    if (!canMove<IncidentState>(INCIDENT_LIFECYCLE, incident.state, 'IN_PROGRESS')) {
      return invalidTransition(incident, 'worked on');
    }
    const resumed = incident.state === 'ON_HOLD' ? resume(incident, acting, at) : unchanged<Incident, IncidentFact>();
    if (!resumed.ok) return resumed;
    const begun = begin(incident, actorId, at);
    return decide({ ...resumed.changes, ...begun.changes, state: 'IN_PROGRESS' }, [...resumed.facts, ...begun.facts]);
  },
  ON_HOLD: (incident, { entry: { onHoldReason, at }, acting }) =>
    onHoldReason === null ? invalidTransition(incident, 'put on hold') : hold(incident, onHoldReason, acting, at),
  RESOLVED: (incident, { entry, acting }) => {
    if (incident.state === 'RESOLVED') return unchanged();
    const code = entry.resolutionCode ?? 'FIXED';
    const notes = entry.notes ?? 'The source says nothing about it.';
    // A source may not name who resolved it, nor who made the entry: then nobody here is said to have done it.
    const resolver = { ...acting, id: entry.resolvedById ?? entry.actorId ?? 'system:incidents' };
    return resolve(incident, { code, notes }, resolver, entry.at);
  },
  // No second person validates the recovery of history: another system's P1 was closed by its rules, not by ours.
  CLOSED: (incident, { entry: { at } }) => {
    if (incident.state === 'CLOSED') return unchanged();
    if (!canMove<IncidentState>(INCIDENT_LIFECYCLE, incident.state, 'CLOSED')) {
      return invalidTransition(incident, 'closed');
    }
    return decide({ state: 'CLOSED', closedAt: at }, [{ kind: 'incident-closed', at }]);
  },
  CANCELED: (incident, { entry: { at, reference }, acting }) =>
    incident.state === 'CANCELED' ? unchanged() : cancel(incident, `imported, ${reference}`, acting, at),
};

/** Work began for the first time: somebody took it in hand, or, as other systems have it, a team without one accountable person. */
function begin(incident: Incident, actorId: string | null, at: Date): Begun {
  if (incident.acknowledgedAt) return { changes: {}, facts: [] };
  const { ownerId } = incident;
  const changes = { acknowledgedAt: at };
  if (ownerId === null) return { changes, facts: [{ kind: 'incident-work-begun', at }] };
  return { changes, facts: [{ kind: 'incident-acknowledged', acknowledgedBy: actorId ?? ownerId, ownerId, at }] };
}

interface Begun {
  readonly changes: Partial<Incident>;
  readonly facts: readonly IncidentFact[];
}

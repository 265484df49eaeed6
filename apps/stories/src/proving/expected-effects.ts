import type { Books, ClockRow, PastEvent } from './history.js';
import { grouped, violation, type Violation } from './invariants.js';

type ClockState = 'RUNNING' | 'PAUSED' | 'STOPPED' | 'CANCELED';

/** A clock as an incident's events make it, told a second time here so that an effect that never came is missed. */
interface Clock {
  state: ClockState;
  priority: string;
}

const isOpen = ({ state }: Clock): boolean => state === 'RUNNING' || state === 'PAUSED';
const isUrgent = (priority: unknown): boolean => priority === 'P1' || priority === 'P2';

const OWN: Readonly<Record<string, ClockState>> = {
  'incident-acknowledged': 'STOPPED',
  'incident-resolved': 'STOPPED',
  'incident-put-on-hold': 'PAUSED',
  'incident-canceled': 'CANCELED',
};
const RESOLVE: Readonly<Record<string, ClockState>> = {
  'incident-put-on-hold': 'PAUSED',
  'incident-resolved': 'STOPPED',
  'incident-recovery-validated': 'STOPPED',
  'incident-closed': 'STOPPED',
  'incident-canceled': 'CANCELED',
};

function tell(clock: Clock, measure: string, { name, data }: PastEvent): void {
  const resolving = measure === 'TIME_TO_RESOLVE';
  const next = (resolving ? RESOLVE : OWN)[name];
  if (name === 'incident-resumed' && clock.state === 'PAUSED') clock.state = 'RUNNING';
  else if (name === 'incident-reopened' && resolving && clock.state !== 'CANCELED') clock.state = 'RUNNING';
  else if (name === 'incident-reprioritized') {
    if (isOpen(clock) || (resolving && clock.state === 'STOPPED')) clock.priority = String(data['priority']);
  } else if (next && isOpen(clock)) {
    const provisional = resolving && name === 'incident-resolved' && isUrgent(clock.priority);
    clock.state = provisional ? 'PAUSED' : next;
  }
}

/** Every incident has its two clocks, in the state that its events ask for. */
export function checkClocks({ outbox, clocks }: Books): readonly Violation[] {
  const stored = grouped(clocks, (clock) => `${clock.incidentId} ${clock.measure}`);
  const expected = incidentsOf(outbox).flatMap(({ id, events, reported }) =>
    ['TIME_TO_OWN', 'TIME_TO_RESOLVE'].map((measure): ClockRow => {
      const clock: Clock = { state: 'RUNNING', priority: String(reported.data['priority']) };
      for (const event of events) tell(clock, measure, event);
      return { incidentId: id, measure, ...clock };
    }),
  );
  return expected.flatMap(({ incidentId, measure, state, priority }) => {
    const found = (stored.get(`${incidentId} ${measure}`) ?? []).map((clock) => `${clock.state} ${clock.priority}`);
    if (found.length === 1 && found[0] === `${state} ${priority}`) return [];
    return [violation('I3', `${measure} is ${found.join(' and ') || 'missing'}, not ${state} ${priority}`, incidentId)];
  });
}

/** People hear of an incident that was urgent while it was open, and of no other, by one first draft. */
export function checkDrafts({ outbox, updates }: Books): readonly Violation[] {
  const drafts = grouped(
    updates.filter(({ occasion }) => occasion === 'INVESTIGATING'),
    (update) => update.incidentId,
  );
  return incidentsOf(outbox).flatMap(({ id, events }) => {
    let [open, priority, due] = [true, '', false];
    for (const { name, data } of events) {
      if (name === 'incident-resolved' || name === 'incident-closed' || name === 'incident-canceled') open = false;
      if (name === 'incident-reopened') open = true;
      if (name === 'incident-reported' || name === 'incident-reprioritized') priority = String(data['priority']);
      due ||= open && isUrgent(priority);
    }
    const found = drafts.get(id)?.length ?? 0;
    return found === (due ? 1 : 0) ? [] : [violation('I3', `${found} first drafts instead of ${due ? 1 : 0}`, id)];
  });
}

/** What stands on an incident's timeline because another service said it: each once. */
const NOTED: Readonly<Record<string, string>> = {
  'change-suspected': 'CHANGE_SUSPECTED',
  'rollback-suggested': 'ROLLBACK_SUGGESTED',
};

export function checkNotes({ outbox }: Books): readonly Violation[] {
  const notes = grouped(
    outbox.filter(({ name }) => name === 'incident-annotated'),
    ({ aggregateId, data }) => [aggregateId, data['kind'], data['referenceId']].join(' '),
  );
  return outbox.flatMap(({ id, name, aggregateId, data }) => {
    const kind = NOTED[name];
    if (!kind) return [];
    const found = notes.get([data['incidentId'], kind, aggregateId].join(' '))?.length ?? 0;
    return found === 1 ? [] : [violation('I3', `${name} is noted ${found} times on its incident`, id)];
  });
}

interface IncidentHistory {
  readonly id: string;
  readonly reported: PastEvent;
  readonly events: readonly PastEvent[];
}

/** Incidents that happened here; imported ones are history, of which nobody is told. */
function incidentsOf(outbox: readonly PastEvent[]): readonly IncidentHistory[] {
  const all = grouped(
    outbox.filter(({ aggregateType }) => aggregateType === 'incident'),
    (event) => event.aggregateId,
  );
  return [...all].flatMap(([id, unordered]) => {
    const events = [...unordered].sort((a, b) => a.version - b.version);
    const reported = events.find(({ name }) => name === 'incident-reported');
    return reported && reported.data['origin'] !== 'IMPORT' ? [{ id, reported, events }] : [];
  });
}

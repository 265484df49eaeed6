import { exhaustive } from '@graphdesk/decisions';
import type { ClockFact, ClockStarted } from './clock-facts.js';
import type { ClockInterval, SlaClock } from './sla-clock.js';

/** A clock is what its facts make of it, in their order, and nothing else. */
export function foldClock(started: ClockStarted, later: readonly ClockFact[]): SlaClock {
  return later.reduce(applyFact, bornClock(started));
}

/** The clock that a first fact begins. */
export function bornClock(fact: ClockStarted): SlaClock {
  return {
    id: fact.id,
    incidentId: fact.incidentId,
    measure: fact.measure,
    state: 'RUNNING',
    priority: fact.priority,
    targetMinutes: fact.targetMinutes,
    targetSince: fact.since,
    policyId: fact.policyId,
    policyVersion: fact.policyVersion,
    origin: fact.origin,
    startedAt: fact.since,
    endedAt: null,
    intervals: [{ from: fact.since, to: null, counted: true, cause: 'RUNNING', eventId: fact.eventId }],
    riskRecorded: null,
    breachRecorded: null,
    incidentVersion: fact.incidentVersion,
    version: 1,
  };
}

/** The clock after one more fact. */
export function applyFact(clock: SlaClock, fact: ClockFact): SlaClock {
  const { incidentVersion } = fact;
  return { ...clock, ...changesOf(clock, fact), incidentVersion, version: clock.version + 1 };
}

function changesOf(clock: SlaClock, fact: ClockFact): Partial<SlaClock> {
  const { eventId } = fact;
  const since = notBefore(clock, fact.since);
  switch (fact.kind) {
    case 'sla-clock-started':
      throw new Error(`the clock ${clock.id} cannot start twice`);
    case 'sla-clock-paused': {
      const pause: ClockInterval = { from: since, to: null, counted: false, cause: fact.reason, eventId };
      return { state: 'PAUSED', intervals: [...endedAt(clock.intervals, since), pause] };
    }
    case 'sla-clock-resumed': {
      const run: ClockInterval = { from: since, to: null, counted: true, cause: 'RUNNING', eventId };
      const before = fact.gapCounted ? withGapCounted(clock, since, eventId) : endedAt(clock.intervals, since);
      return { state: 'RUNNING', endedAt: null, intervals: [...before, run] };
    }
    case 'sla-clock-retargeted':
      return {
        priority: fact.priority,
        targetMinutes: fact.targetMinutes,
        targetSince: since,
        riskRecorded: null,
        breachRecorded: null,
      };
    case 'sla-clock-at-risk':
      return { riskRecorded: fact.since };
    case 'sla-clock-breached':
      return { breachRecorded: fact.since };
    case 'sla-clock-stopped':
      return { state: 'STOPPED', endedAt: since, intervals: endedAt(clock.intervals, since) };
    case 'sla-clock-canceled':
      return { state: 'CANCELED', endedAt: since, intervals: endedAt(clock.intervals, since) };
    default:
      return exhaustive(fact);
  }
}

/** Replicas' clocks differ by a little; an interval that ended before it began would count backwards. */
function notBefore(clock: SlaClock, since: Date): Date {
  const earliest = clock.intervals.at(-1)?.from ?? clock.startedAt;
  return since < earliest ? earliest : since;
}

/** The open interval ends at `at`; one without length is left out. */
function endedAt(intervals: readonly ClockInterval[], at: Date): readonly ClockInterval[] {
  const last = intervals.at(-1);
  if (!last || last.to !== null) return intervals;
  const others = intervals.slice(0, -1);
  return last.from.getTime() === at.getTime() ? others : [...others, { ...last, to: at }];
}

/** The fix did not hold: all time since the resolution, paused or stopped meanwhile, counts after all. */
function withGapCounted(clock: SlaClock, until: Date, eventId: string): readonly ClockInterval[] {
  const gap = { to: until, counted: true, cause: 'FIX_DID_NOT_HOLD', eventId } as const;
  const last = clock.intervals.at(-1);
  if (last?.to === null && last.cause === 'RESOLVED') {
    const before = clock.intervals.slice(0, -1);
    return last.from < until ? [...before, { ...gap, from: last.from }] : before;
  }
  const closed = endedAt(clock.intervals, until);
  return clock.endedAt !== null && clock.endedAt < until ? [...closed, { ...gap, from: clock.endedAt }] : closed;
}

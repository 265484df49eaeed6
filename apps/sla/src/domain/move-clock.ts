import { decide, exhaustive, unchanged, type Accepted } from '@graphdesk/decisions';
import { effectOf, type Effect, type Signal } from './clock-conditions.js';
import type { ClockFact } from './clock-facts.js';
import { applyFact } from './fold-clock.js';
import { readClock } from './read-clock.js';
import type { SlaClock } from './sla-clock.js';
import type { Priority } from './vocabulary.js';

/** Something that happened to an incident, as its clocks see it. */
export interface IncidentSignal {
  readonly signal: Signal;
  /** When it happened to the incident. */
  readonly since: Date;
  readonly eventId: string;
  readonly incidentVersion: number;
  /** With REPRIORITIZED: the new priority and its target by the clock's version of the policy. */
  readonly target?: { readonly priority: Priority; readonly minutes: number };
}

/**
 * What an incident's signal does to a clock. Never refuses: what does not fit the clock's state, or has had its effect
 * before, changes nothing.
 */
export function moveClock(clock: SlaClock, signal: IncidentSignal, now: Date): Accepted<SlaClock, ClockFact> {
  if (signal.incidentVersion <= clock.incidentVersion) return unchanged();
  const { since, eventId, incidentVersion } = signal;
  const told = { at: now, since, eventId, incidentVersion };
  const fact = factOf(clock, signal, effectOf(clock.measure, clock.priority, signal.signal), told);
  return fact === null ? unchanged() : decide<SlaClock, ClockFact>(changesOf(clock, fact), [fact]);
}

type Told = Pick<ClockFact, 'at' | 'since' | 'eventId' | 'incidentVersion'>;

function factOf(clock: SlaClock, signal: IncidentSignal, effect: Effect, told: Told): ClockFact | null {
  const open = clock.state === 'RUNNING' || clock.state === 'PAUSED';
  switch (effect.do) {
    case 'NOTHING':
      return null;
    case 'PAUSE':
      return open && pauseOf(clock) !== effect.reason
        ? { kind: 'sla-clock-paused', reason: effect.reason, ...told }
        : null;
    case 'RESUME':
      return clock.state === 'PAUSED' ? { kind: 'sla-clock-resumed', gapCounted: false, ...told } : null;
    case 'RESUME_COUNTING_THE_GAP':
      return clock.state === 'PAUSED' || clock.state === 'STOPPED'
        ? { kind: 'sla-clock-resumed', gapCounted: true, ...told }
        : null;
    case 'RETARGET':
      return open || (effect.alsoStopped && clock.state === 'STOPPED') ? retargeted(clock, signal, told) : null;
    case 'STOP':
      return open ? stopped(clock, effect, told) : null;
    case 'CANCEL':
      return open ? { kind: 'sla-clock-canceled', ...told } : null;
    default:
      return exhaustive(effect);
  }
}

function retargeted(clock: SlaClock, { target }: IncidentSignal, told: Told): ClockFact | null {
  if (!target) throw new Error('a reprioritized incident comes with its target');
  if (target.priority === clock.priority) return null;
  return {
    kind: 'sla-clock-retargeted',
    priority: target.priority,
    previousPriority: clock.priority,
    targetMinutes: target.minutes,
    previousTargetMinutes: clock.targetMinutes,
    ...told,
  };
}

function stopped(clock: SlaClock, effect: Extract<Effect, { do: 'STOP' }>, told: Told): ClockFact {
  const resolvedAt = pauseOf(clock) === 'RESOLVED' ? clock.intervals.at(-1)?.from : undefined;
  const since = (effect.asOf === 'RESOLUTION' && resolvedAt) || told.since;
  const { elapsedMs, breached } = readClock(clock, since);
  const elapsedSeconds = Math.floor(elapsedMs / 1000);
  return { kind: 'sla-clock-stopped', reason: effect.reason, elapsedSeconds, breached, ...told, since };
}

/** Why the clock stands still, if it does. */
function pauseOf(clock: SlaClock): string | null {
  return clock.state === 'PAUSED' ? (clock.intervals.at(-1)?.cause ?? null) : null;
}

/** Everything that the fold alters; identity and history stay, the version follows from the number of facts. */
function changesOf(clock: SlaClock, fact: ClockFact): Partial<SlaClock> {
  const { id: _id, version: _version, ...changes } = applyFact(clock, fact);
  return changes;
}

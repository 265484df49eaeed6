import { asksFor, decide, unchanged, type Accepted, type DueWork } from '@graphdesk/decisions';
import type { ClockFact } from './clock-facts.js';
import { momentOf } from './read-clock.js';
import type { SlaClock } from './sla-clock.js';

/** The share of a target after which people are warned, in percent. */
export const WARNING_PERCENT = 75;

const MINUTE_MS = 60_000;

/** Exactly the target is still met: a breach is on record from the next millisecond on. */
const BEYOND_MS = 1;

/** What a clock has to do by itself while it runs: warn, and record the breach. Clocks of imports only compute. */
export function clockWork(clock: SlaClock): readonly DueWork[] {
  if (clock.state !== 'RUNNING' || clock.origin === 'IMPORT') return [];
  const atRisk = clock.riskRecorded ? null : atRiskAt(clock);
  const breached = clock.breachRecorded ? null : breachesAt(clock);
  return [
    ...(atRisk ? [{ kind: 'AT_RISK', due: atRisk }] : []),
    ...(breached ? [{ kind: 'BREACH', due: new Date(breached.getTime() + BEYOND_MS) }] : []),
  ];
}

/** A moment of {@link clockWork} has come. Nothing happens when the clock was paused, stopped or given another target meanwhile. */
export function noteDueWork(clock: SlaClock, timer: DueWork, now: Date): Accepted<SlaClock, ClockFact> {
  const running = clock.intervals.at(-1);
  const dueAt = breachesAt(clock);
  if (!running || !dueAt || !asksFor(clockWork(clock), timer)) return unchanged();
  const told = { at: now, eventId: running.eventId, incidentVersion: clock.incidentVersion };
  if (timer.kind === 'AT_RISK') {
    const fact: ClockFact = { kind: 'sla-clock-at-risk', percent: WARNING_PERCENT, dueAt, since: timer.due, ...told };
    return decide<SlaClock, ClockFact>({ riskRecorded: timer.due }, [fact]);
  }
  const fact: ClockFact = { kind: 'sla-clock-breached', since: dueAt, ...told };
  return decide<SlaClock, ClockFact>({ breachRecorded: dueAt }, [fact]);
}

/** When the warning share is used up if the clock keeps running. */
export function atRiskAt(clock: SlaClock): Date | null {
  return momentOf(clock, (clock.targetMinutes * MINUTE_MS * WARNING_PERCENT) / 100);
}

function breachesAt(clock: SlaClock): Date | null {
  return momentOf(clock, clock.targetMinutes * MINUTE_MS);
}

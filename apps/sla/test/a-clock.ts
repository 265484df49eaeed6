import type { Signal } from '../src/domain/clock-conditions.js';
import type { ClockFact, ClockStarted } from '../src/domain/clock-facts.js';
import { bornClock } from '../src/domain/fold-clock.js';
import { moveClock, type IncidentSignal } from '../src/domain/move-clock.js';
import type { SlaClock } from '../src/domain/sla-clock.js';
import type { Measure, Priority } from '../src/domain/vocabulary.js';

/** Minute 0 of every test. */
export const START = new Date('2026-11-23T02:00:00.000Z');

/** An instant so many minutes after the start. */
export function minute(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

/** A first fact; the test states only what matters. */
export function started(with_: Partial<ClockStarted> = {}): ClockStarted {
  return {
    kind: 'sla-clock-started',
    id: 'clk_1',
    incidentId: 'inc_1',
    measure: 'TIME_TO_RESOLVE',
    priority: 'P1',
    targetMinutes: 60,
    policyId: 'slp_1',
    policyVersion: 1,
    origin: 'ALERT',
    at: START,
    since: START,
    eventId: 'evt_1',
    incidentVersion: 1,
    ...with_,
  };
}

/** A signal at a minute: minute, what, and for REPRIORITIZED the new priority and its minutes. */
export type Step = readonly [number, Signal, { readonly priority: Priority; readonly minutes: number }?];

/** Sends signals to a fresh clock, each as the incident's next version; gives the clock and its facts. */
export function lived(
  clock: { measure: Measure; priority: Priority; targetMinutes: number },
  steps: readonly Step[],
): { readonly clock: SlaClock; readonly facts: readonly ClockFact[] } {
  const facts: ClockFact[] = [];
  let now = bornClock(started(clock));
  steps.forEach((step, index) => {
    const accepted = moveClock(now, signalOf(step, index + 2), minute(step[0]));
    facts.push(...accepted.facts);
    now = { ...now, ...accepted.changes, version: now.version + accepted.facts.length };
  });
  return { clock: now, facts };
}

/** A step as the incident's event number `incidentVersion`. */
export function signalOf([at, signal, target]: Step, incidentVersion: number): IncidentSignal {
  const eventId = `evt_${incidentVersion}`;
  return { signal, since: minute(at), eventId, incidentVersion, ...(target && { target }) };
}

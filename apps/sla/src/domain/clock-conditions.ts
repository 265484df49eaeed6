import type { Measure, PauseReason, Priority, StopReason } from './vocabulary.js';

/** What happens to an incident that may move its clocks. */
export const SIGNALS = [
  'ACKNOWLEDGED',
  'PUT_ON_HOLD',
  'RESUMED',
  'REPRIORITIZED',
  'RESOLVED',
  'RECOVERY_VALIDATED',
  'REOPENED',
  'CLOSED',
  'CANCELED',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** What a signal does to a clock. */
export type Effect =
  | { readonly do: 'PAUSE'; readonly reason: PauseReason }
  | { readonly do: 'RESUME' | 'RESUME_COUNTING_THE_GAP' | 'CANCEL' | 'NOTHING' }
  /** `alsoStopped`: a resolution can be reopened, so its clock follows the priority even while it is stopped. */
  | { readonly do: 'RETARGET'; readonly alsoStopped: boolean }
  /** `asOf` RESOLUTION: the moment of the resolution that the clock waits on, not the signal's own. */
  | { readonly do: 'STOP'; readonly reason: StopReason; readonly asOf: 'SIGNAL' | 'RESOLUTION' };

const NOTHING: Effect = { do: 'NOTHING' };
const HOLD: Effect = { do: 'PAUSE', reason: 'ON_HOLD' };
const RESUME: Effect = { do: 'RESUME' };
const CANCEL: Effect = { do: 'CANCEL' };

/** Priorities whose resolution is provisional until somebody saw the fix hold. */
export const PROVISIONALLY_RESOLVED: readonly Priority[] = ['P1', 'P2'];

/**
 * The conditions of both clocks. Whoever resolves an incident owns it, so a resolution stops the time to own as well, and a
 * reopened incident is not owned anew.
 */
export const CLOCK_CONDITIONS: Readonly<Record<Measure, Readonly<Record<Signal, Effect>>>> = {
  TIME_TO_OWN: {
    ACKNOWLEDGED: { do: 'STOP', reason: 'ACKNOWLEDGED', asOf: 'SIGNAL' },
    PUT_ON_HOLD: HOLD,
    RESUMED: RESUME,
    REPRIORITIZED: { do: 'RETARGET', alsoStopped: false },
    RESOLVED: { do: 'STOP', reason: 'RESOLVED', asOf: 'SIGNAL' },
    RECOVERY_VALIDATED: NOTHING,
    REOPENED: NOTHING,
    CLOSED: NOTHING,
    CANCELED: CANCEL,
  },
  TIME_TO_RESOLVE: {
    ACKNOWLEDGED: NOTHING,
    PUT_ON_HOLD: HOLD,
    RESUMED: RESUME,
    REPRIORITIZED: { do: 'RETARGET', alsoStopped: true },
    RESOLVED: { do: 'PAUSE', reason: 'RESOLVED' },
    RECOVERY_VALIDATED: { do: 'STOP', reason: 'RECOVERY_VALIDATED', asOf: 'RESOLUTION' },
    REOPENED: { do: 'RESUME_COUNTING_THE_GAP' },
    CLOSED: { do: 'STOP', reason: 'CLOSED', asOf: 'RESOLUTION' },
    CANCELED: CANCEL,
  },
};

/** What the signal does to a clock of this measure and priority. */
export function effectOf(measure: Measure, priority: Priority, signal: Signal): Effect {
  const final = signal === 'RESOLVED' && !PROVISIONALLY_RESOLVED.includes(priority);
  return final ? { do: 'STOP', reason: 'RESOLVED', asOf: 'SIGNAL' } : CLOCK_CONDITIONS[measure][signal];
}

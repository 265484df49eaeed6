/** Business priority of an incident, most urgent first. */
export const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a clock measures. */
export const MEASURES = ['TIME_TO_OWN', 'TIME_TO_RESOLVE'] as const;
export type Measure = (typeof MEASURES)[number];

/** Where a clock stands. Breach is no state: it is computed from the clock and the time of asking. */
export const CLOCK_STATES = ['RUNNING', 'PAUSED', 'STOPPED', 'CANCELED'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** Who noticed the incident. The clock of an import is computed for the record alone. */
export const ORIGINS = ['ALERT', 'PERSON', 'IMPORT'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Why time stands still. */
export const PAUSE_REASONS = ['ON_HOLD', 'RESOLVED'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** What ended the measurement. */
export const STOP_REASONS = ['ACKNOWLEDGED', 'RESOLVED', 'RECOVERY_VALIDATED', 'CLOSED'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** Why an interval of an incident's life counts (the first two) or does not. */
export const INTERVAL_CAUSES = ['RUNNING', 'FIX_DID_NOT_HOLD', ...PAUSE_REASONS] as const;
export type IntervalCause = (typeof INTERVAL_CAUSES)[number];

import type { ClockState, IntervalCause, Measure, Origin, Priority } from './vocabulary.js';

/** A stretch of an incident's life that counts towards a target, or does not. */
export interface ClockInterval {
  readonly from: Date;
  /** Null while it lasts. */
  readonly to: Date | null;
  readonly counted: boolean;
  readonly cause: IntervalCause;
  /** The event of the incident that began the interval or, for `FIX_DID_NOT_HOLD`, made it count. */
  readonly eventId: string;
}

/** How long one incident takes to be owned or resolved, measured against a target. */
export interface SlaClock {
  readonly id: string;
  readonly incidentId: string;
  readonly measure: Measure;
  readonly state: ClockState;
  readonly priority: Priority;
  /** Counted minutes that are allowed; one more is a breach. */
  readonly targetMinutes: number;
  /** When this target came into force: a target cannot be missed before it was set. */
  readonly targetSince: Date;
  readonly policyId: string;
  /** The clock keeps the policy's version it was born with. */
  readonly policyVersion: number;
  readonly origin: Origin;
  readonly startedAt: Date;
  /** As of when it was stopped or canceled. */
  readonly endedAt: Date | null;
  /** In order, without gaps between them; the last is open while the clock runs or is paused. */
  readonly intervals: readonly ClockInterval[];
  /** When the warning share of the target was reached, once that is on record. Null before, and again under a new target. */
  readonly riskRecorded: Date | null;
  /** When more counted than the target allows, once that is on record. Null before, and again under a new target. */
  readonly breachRecorded: Date | null;
  /** The version of the incident that moved the clock last: an older one has had its effect. */
  readonly incidentVersion: number;
  /** How many events it has published: 1, 2, 3 … */
  readonly version: number;
}

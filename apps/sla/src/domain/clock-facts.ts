import type { Measure, Origin, PauseReason, Priority, StopReason } from './vocabulary.js';

/** What every fact about a clock tells. */
interface Told {
  /** When the fact was recorded. */
  readonly at: Date;
  /** From when it holds: the incident's time, which may lie before `at`. */
  readonly since: Date;
  /** The event of the incident behind it (for what the clock reached by itself: the one that made it run), and the incident's version with it. */
  readonly eventId: string;
  readonly incidentVersion: number;
}

/** What can happen to a clock; each fact becomes one event, one version and one entry of the timeline. */
export type ClockFact = Told &
  (
    | {
        readonly kind: 'sla-clock-started';
        readonly id: string;
        readonly incidentId: string;
        readonly measure: Measure;
        readonly priority: Priority;
        readonly targetMinutes: number;
        readonly policyId: string;
        readonly policyVersion: number;
        readonly origin: Origin;
      }
    | { readonly kind: 'sla-clock-paused'; readonly reason: PauseReason }
    | { readonly kind: 'sla-clock-resumed'; readonly gapCounted: boolean }
    | {
        readonly kind: 'sla-clock-retargeted';
        readonly priority: Priority;
        readonly previousPriority: Priority;
        readonly targetMinutes: number;
        readonly previousTargetMinutes: number;
      }
    | {
        readonly kind: 'sla-clock-stopped';
        readonly reason: StopReason;
        readonly elapsedSeconds: number;
        readonly breached: boolean;
      }
    | { readonly kind: 'sla-clock-at-risk'; readonly percent: number; readonly dueAt: Date }
    | { readonly kind: 'sla-clock-breached' }
    | { readonly kind: 'sla-clock-canceled' }
  );

/** The fact that begins every clock. */
export type ClockStarted = Extract<ClockFact, { kind: 'sla-clock-started' }>;

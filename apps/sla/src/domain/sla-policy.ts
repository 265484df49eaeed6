import { MEASURES, PRIORITIES, type Measure, type Priority } from './vocabulary.js';

/** How long an incident of a priority may take to be owned or resolved: elapsed time, around the clock. */
export interface SlaTarget {
  readonly priority: Priority;
  readonly measure: Measure;
  readonly minutes: number;
}

/** A tenant's targets: one policy per tenant, in versions. */
export interface SlaPolicy {
  readonly id: string;
  /** One target for each priority and measure. */
  readonly targets: readonly SlaTarget[];
  readonly revisedAt: Date;
  readonly revisedBy: string;
  /** The version of the targets: clocks remember it. */
  readonly version: number;
}

/** What happens to a policy: its targets were set. */
export interface PolicyRevised {
  readonly kind: 'sla-policy-revised';
  readonly at: Date;
}

/** Targets are whole minutes from one minute to a year. */
export const TARGET_BOUNDS_MINUTES = { least: 1, most: 525_600 } as const;

const DEFAULT_MINUTES: Readonly<Record<Priority, Readonly<Record<Measure, number>>>> = {
  P1: { TIME_TO_OWN: 15, TIME_TO_RESOLVE: 4 * 60 },
  P2: { TIME_TO_OWN: 30, TIME_TO_RESOLVE: 8 * 60 },
  P3: { TIME_TO_OWN: 4 * 60, TIME_TO_RESOLVE: 2 * 24 * 60 },
  P4: { TIME_TO_OWN: 8 * 60, TIME_TO_RESOLVE: 5 * 24 * 60 },
};

/** What a new tenant begins with. */
export const DEFAULT_TARGETS: readonly SlaTarget[] = PRIORITIES.flatMap((priority) =>
  MEASURES.map((measure) => ({ priority, measure, minutes: DEFAULT_MINUTES[priority][measure] })),
);

/** The target's minutes. Throws for a set that lacks one: every stored set is complete. */
export function targetOf(targets: readonly SlaTarget[], priority: Priority, measure: Measure): number {
  const target = targets.find((one) => one.priority === priority && one.measure === measure);
  if (!target) throw new Error(`no target for ${measure} of ${priority}`);
  return target.minutes;
}

import type { Invariant } from './invariants.js';
import type { Aim } from './nemesis.js';

const SUBGRAPHS = ['catalog', 'incidents', 'sla', 'changes', 'problems', 'communications'];
const CONSUMERS = ['sla', 'changes', 'problems', 'communications', 'incidents'];

/** Everything, everywhere, armed or not. */
export const EVERYTHING: Aim = {
  targets: ['gateway', ...SUBGRAPHS, 'nats', 'postgres'],
  failpoints: [
    ...['relay.before-publish', 'relay.after-ack', 'consumer.before-commit', 'consumer.after-commit'],
    ...['timers.after-claim', 'timers.before-commit', 'timers.after-commit'],
  ],
  armed: 0.4,
  pauseMs: [2_000, 8_000],
  awayMs: [0, 2_000],
};

/** Blows that hit where the bug hurts. */
export interface PlantedRun {
  readonly bug: string;
  readonly aim: Aim;
  /** The invariants of which at least one must show the bug: another one's alarm would be an accident. */
  readonly caughtBy: readonly Invariant[];
}

const often = (aim: Pick<Aim, 'targets'> & Partial<Aim>): Aim => ({
  failpoints: [],
  armed: 0,
  pauseMs: [500, 2_000],
  awayMs: [0, 500],
  ...aim,
});

/** Bugs that a process makes on purpose with the setting PLANTED_BUG, never in production. */
export const PLANTED_RUNS: readonly PlantedRun[] = [
  {
    bug: 'ack-before-commit',
    aim: often({ targets: CONSUMERS, failpoints: ['consumer.before-commit'], armed: 1 }),
    caughtBy: ['I3'],
  },
  {
    bug: 'mark-before-publish',
    aim: often({ targets: SUBGRAPHS, failpoints: ['relay.before-publish'], armed: 1 }),
    caughtBy: ['I3', 'I4', 'I8'],
  },
  {
    bug: 'inbox-in-another-transaction',
    aim: often({ targets: CONSUMERS, failpoints: ['consumer.before-commit'], armed: 1 }),
    caughtBy: ['I3'],
  },
  {
    bug: 'cursor-hand-over-hole',
    // Between two blows it must serve for a while: the hole is where the past ends and what happens begins.
    aim: often({ targets: ['gateway'], pauseMs: [3_000, 7_000] }),
    caughtBy: ['I8'],
  },
  {
    bug: 'out-of-order-publish',
    aim: often({ targets: ['nats', 'incidents', 'changes'], awayMs: [1_000, 3_000] }),
    caughtBy: ['I4'],
  },
];

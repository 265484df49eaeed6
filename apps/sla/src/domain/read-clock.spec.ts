import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lived, minute, started, type Step } from '../../test/a-clock.js';
import type { Signal } from './clock-conditions.js';
import { foldClock } from './fold-clock.js';
import { readClock } from './read-clock.js';
import type { Priority } from './vocabulary.js';

const MINUTES: Readonly<Record<Priority, number>> = { P1: 20, P2: 40, P3: 80, P4: 160 };
const own = { measure: 'TIME_TO_OWN', priority: 'P1', targetMinutes: 15 } as const;

describe('reading a clock', () => {
  it('a running clock tells when it is due and what remains', () => {
    const { clock } = lived(own, [
      [5, 'PUT_ON_HOLD'],
      [25, 'RESUMED'],
    ]);
    expect(readClock(clock, minute(30))).toEqual({
      elapsedMs: 600_000,
      remainingMs: 300_000,
      dueAt: minute(35),
      breached: false,
      breachedAt: null,
    });
  });

  it('exactly the target is met, a millisecond more is breached as of the target', () => {
    const { clock } = lived(own, []);
    expect(readClock(clock, minute(15)).breached).toBe(false);
    const late = readClock(clock, new Date(minute(15).getTime() + 1));
    expect(late).toMatchObject({ breached: true, breachedAt: minute(15), remainingMs: -1 });
  });

  it('a clock that stands still has no due time, and what remains does not shrink', () => {
    const { clock } = lived(own, [[5, 'PUT_ON_HOLD']]);
    expect(readClock(clock, minute(500))).toMatchObject({ dueAt: null, remainingMs: 600_000, breached: false });
  });

  it('a canceled clock is never breached', () => {
    expect(readClock(lived(own, [[99, 'CANCELED']]).clock, minute(100)).breached).toBe(false);
  });

  it('the breach of a resolution that did not hold lies in the gap', () => {
    const life = lived({ measure: 'TIME_TO_RESOLVE', priority: 'P1', targetMinutes: 20 }, [
      [10, 'RESOLVED'],
      [50, 'REOPENED'],
    ]);
    expect(readClock(life.clock, minute(50))).toMatchObject({ breached: true, breachedAt: minute(20) });
  });

  it('equals a count minute by minute, on random histories', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 400 }), ({ priority, steps }, now) => {
        const past = steps.filter(([at]) => at <= now);
        const { clock } = lived({ measure: 'TIME_TO_RESOLVE', priority, targetMinutes: MINUTES[priority] }, past);
        const reading = readClock(clock, minute(now));
        const expected = countMinutes(priority, past, now);
        expect({ elapsed: reading.elapsedMs / 60_000, breachedAt: reading.breachedAt }).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it('row and history never part: the fold of the facts is the clock, on random histories', () => {
    fc.assert(
      fc.property(history, ({ priority, steps }) => {
        const first = { measure: 'TIME_TO_RESOLVE', priority, targetMinutes: MINUTES[priority] } as const;
        const { clock, facts } = lived(first, steps);
        expect(foldClock(started(first), facts)).toEqual(clock);
        const ends = clock.intervals.map(({ to }) => to);
        expect(clock.intervals.slice(1).map(({ from }) => from)).toEqual(ends.slice(0, -1));
      }),
      { numRuns: 500 },
    );
  });
});

type IncidentState = 'NEW' | 'ON_HOLD' | 'RESOLVED' | 'OVER';

/** What can happen next in each state of an incident, and the state after. */
const NEXT: Readonly<Record<IncidentState, readonly (readonly [Signal, IncidentState])[]>> = {
  NEW: [
    ['PUT_ON_HOLD', 'ON_HOLD'],
    ['RESOLVED', 'RESOLVED'],
    ['REPRIORITIZED', 'NEW'],
    ['ACKNOWLEDGED', 'NEW'],
  ],
  ON_HOLD: [
    ['RESUMED', 'NEW'],
    ['RESOLVED', 'RESOLVED'],
    ['PUT_ON_HOLD', 'ON_HOLD'],
    ['REPRIORITIZED', 'ON_HOLD'],
  ],
  RESOLVED: [
    ['REOPENED', 'NEW'],
    ['RECOVERY_VALIDATED', 'RESOLVED'],
    ['CLOSED', 'OVER'],
    ['REPRIORITIZED', 'RESOLVED'],
  ],
  OVER: [],
};

/** A possible life of an incident: steps at whole minutes, in order. */
const history = fc
  .record({
    priority: fc.constantFrom<Priority>('P1', 'P2', 'P3', 'P4'),
    moves: fc.array(fc.tuple(fc.nat(30), fc.nat(3), fc.constantFrom<Priority>('P1', 'P2', 'P3', 'P4')), {
      maxLength: 12,
    }),
  })
  .map(({ priority, moves }) => {
    const steps: Step[] = [];
    let at = 0;
    let state: IncidentState = 'NEW';
    for (const [wait, choice, next] of moves) {
      const move: readonly [Signal, IncidentState] | undefined = NEXT[state][choice];
      if (!move) break;
      at += wait;
      steps.push(
        move[0] === 'REPRIORITIZED' ? [at, move[0], { priority: next, minutes: MINUTES[next] }] : [at, move[0]],
      );
      state = move[1];
    }
    return { priority, steps };
  });

/**
 * The oracle: asks of each minute whether somebody should have been working then. Minutes after a resolution count if it
 * was followed by a reopening.
 */
function countMinutes(
  born: Priority,
  steps: readonly Step[],
  now: number,
): { elapsed: number; breachedAt: Date | null } {
  const counted: number[] = [];
  for (let at = 0; at < now; at += 1) {
    const before = steps.filter(([when]) => when <= at);
    const after = steps.slice(before.length);
    const last = before.findLast(([, signal]) => ['PUT_ON_HOLD', 'RESUMED', 'RESOLVED', 'REOPENED'].includes(signal));
    const fixed = last?.[1] === 'RESOLVED';
    const works = fixed ? after.some(([, signal]) => signal === 'REOPENED') : last?.[1] !== 'PUT_ON_HOLD';
    if (works) counted.push(at);
  }
  const assessed = steps.filter(([, signal]) => signal === 'REPRIORITIZED');
  let target = { priority: born, minutes: MINUTES[born], since: 0 };
  for (const [when, , next] of assessed)
    if (next && next.priority !== target.priority) target = { ...next, since: when };
  const firstTooMuch = counted[target.minutes];
  return {
    elapsed: counted.length,
    breachedAt: firstTooMuch === undefined ? null : minute(Math.max(firstTooMuch, target.since)),
  };
}

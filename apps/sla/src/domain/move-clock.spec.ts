import { describe, expect, it } from '@jest/globals';
import { lived, minute, signalOf, started, type Step } from '../../test/a-clock.js';
import { SIGNALS } from './clock-conditions.js';
import { bornClock, foldClock } from './fold-clock.js';
import { moveClock } from './move-clock.js';
import { readClock } from './read-clock.js';

const P1 = { measure: 'TIME_TO_RESOLVE', priority: 'P1', targetMinutes: 60 } as const;
const P3 = { ...P1, priority: 'P3' } as const;
const OWN = { ...P1, measure: 'TIME_TO_OWN', targetMinutes: 15 } as const;

const elapsedMinutes = (life: ReturnType<typeof lived>, at: number): number =>
  readClock(life.clock, minute(at)).elapsedMs / 60_000;

describe('a clock that moves', () => {
  it.each<[string, typeof P1 | typeof P3 | typeof OWN, Step[], string, number]>([
    ['runs from the declaration', P1, [], 'RUNNING', 100],
    ['stands still on hold', P1, [[10, 'PUT_ON_HOLD']], 'PAUSED', 10],
    [
      'counts again when resumed',
      P1,
      [
        [10, 'PUT_ON_HOLD'],
        [40, 'RESUMED'],
      ],
      'RUNNING',
      70,
    ],
    ['is paused by the resolution of a P1', P1, [[30, 'RESOLVED']], 'PAUSED', 30],
    [
      'stops as of the resolution once validated',
      P1,
      [
        [30, 'RESOLVED'],
        [90, 'RECOVERY_VALIDATED'],
      ],
      'STOPPED',
      30,
    ],
    [
      'stops as of the resolution when closed',
      P1,
      [
        [30, 'RESOLVED'],
        [90, 'CLOSED'],
      ],
      'STOPPED',
      30,
    ],
    [
      'counts the gap when the fix did not hold',
      P1,
      [
        [30, 'RESOLVED'],
        [80, 'REOPENED'],
      ],
      'RUNNING',
      100,
    ],
    [
      'does not count a hold before a resolution that did not hold',
      P1,
      [
        [10, 'PUT_ON_HOLD'],
        [30, 'RESOLVED'],
        [80, 'REOPENED'],
      ],
      'RUNNING',
      80,
    ],
    ['is stopped by the resolution of a P3', P3, [[30, 'RESOLVED']], 'STOPPED', 30],
    [
      'runs again with the gap when a P3 is reopened',
      P3,
      [
        [30, 'RESOLVED'],
        [80, 'REOPENED'],
      ],
      'RUNNING',
      100,
    ],
    [
      'runs again with the gap when a validated P1 is reopened',
      P1,
      [
        [30, 'RESOLVED'],
        [50, 'RECOVERY_VALIDATED'],
        [80, 'REOPENED'],
      ],
      'RUNNING',
      100,
    ],
    ['counts nothing after a cancel', P1, [[20, 'CANCELED']], 'CANCELED', 20],
    ['to own stops when acknowledged', OWN, [[7, 'ACKNOWLEDGED']], 'STOPPED', 7],
    [
      'to own pauses on hold too',
      OWN,
      [
        [5, 'PUT_ON_HOLD'],
        [25, 'RESUMED'],
        [30, 'ACKNOWLEDGED'],
      ],
      'STOPPED',
      10,
    ],
    ['to own stops when resolved unacknowledged', OWN, [[9, 'RESOLVED']], 'STOPPED', 9],
    [
      'to own is not owned anew when reopened',
      OWN,
      [
        [7, 'ACKNOWLEDGED'],
        [20, 'RESOLVED'],
        [30, 'REOPENED'],
      ],
      'STOPPED',
      7,
    ],
    [
      'on hold twice for other reasons is one pause',
      P1,
      [
        [10, 'PUT_ON_HOLD'],
        [20, 'PUT_ON_HOLD'],
        [40, 'RESUMED'],
      ],
      'RUNNING',
      70,
    ],
  ])('%s', (_name, clock, steps, state, elapsed) => {
    const life = lived(clock, steps);
    expect(life.clock.state).toBe(state);
    expect(elapsedMinutes(life, 100)).toBe(elapsed);
  });

  it('keeps elapsed time and pauses when the priority changes', () => {
    const life = lived(P3, [
      [10, 'PUT_ON_HOLD'],
      [40, 'RESUMED'],
      [50, 'REPRIORITIZED', { priority: 'P1', minutes: 30 }],
    ]);
    expect(life.clock).toMatchObject({ priority: 'P1', targetMinutes: 30, policyVersion: 1 });
    expect(elapsedMinutes(life, 60)).toBe(30);
    expect(life.facts.at(-1)).toMatchObject({ previousPriority: 'P3', previousTargetMinutes: 60 });
  });

  it('a new target cannot be missed before it was set', () => {
    const life = lived(P3, [[50, 'REPRIORITIZED', { priority: 'P1', minutes: 30 }]]);
    expect(readClock(life.clock, minute(51))).toMatchObject({ breached: true, breachedAt: minute(50) });
  });

  it('the time to resolve follows the priority of a resolved P3, so that a reopened P1 has its target', () => {
    const life = lived(P3, [
      [10, 'RESOLVED'],
      [20, 'REPRIORITIZED', { priority: 'P1', minutes: 30 }],
      [25, 'REOPENED'],
    ]);
    expect(life.clock).toMatchObject({ state: 'RUNNING', priority: 'P1', targetMinutes: 30 });
    expect(readClock(life.clock, minute(26)).dueAt).toEqual(minute(30));
  });

  it('tells at its stop how much counted and whether that was too much', () => {
    expect(lived(OWN, [[15, 'ACKNOWLEDGED']]).facts.at(-1)).toMatchObject({ elapsedSeconds: 900, breached: false });
    expect(lived(OWN, [[16, 'ACKNOWLEDGED']]).facts.at(-1)).toMatchObject({ elapsedSeconds: 960, breached: true });
  });

  it('every signal is taken once: the same or an older version of the incident changes nothing', () => {
    const { clock } = lived(P1, [
      [10, 'PUT_ON_HOLD'],
      [20, 'RESUMED'],
    ]);
    for (const signal of SIGNALS)
      for (const version of [1, 2, 3])
        expect(moveClock(clock, signalOf([30, signal], version), minute(30))).toEqual({
          ok: true,
          changes: {},
          facts: [],
        });
  });

  it('a canceled clock takes no signal at all', () => {
    const { clock } = lived(P1, [[10, 'CANCELED']]);
    const target = { priority: 'P2', minutes: 90 } as const;
    for (const signal of SIGNALS)
      expect(moveClock(clock, signalOf([30, signal, target], 9), minute(30)).facts).toEqual([]);
  });

  it('a signal from a replica whose clock runs behind never counts backwards', () => {
    const life = lived(P1, [
      [30, 'PUT_ON_HOLD'],
      [29, 'RESUMED'],
      [28, 'RESOLVED'],
    ]);
    expect(elapsedMinutes(life, 100)).toBe(30);
    expect(life.clock.intervals.every(({ from, to }) => to === null || from < to)).toBe(true);
  });

  it('is what the fold makes of its facts', () => {
    const life = lived(P3, [
      [10, 'PUT_ON_HOLD'],
      [40, 'RESUMED'],
      [50, 'RESOLVED'],
      [60, 'REOPENED'],
      [70, 'CANCELED'],
    ]);
    expect(foldClock(started(P3), life.facts)).toEqual(life.clock);
    expect(foldClock(started(P3), [])).toEqual(bornClock(started(P3)));
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lived, minute, started, type Step } from '../../test/a-clock.js';
import { clockWork, noteDueWork } from './clock-work.js';
import { bornClock } from './fold-clock.js';
import { readClock } from './read-clock.js';
import type { SlaClock } from './sla-clock.js';

const P1 = { measure: 'TIME_TO_RESOLVE', priority: 'P1', targetMinutes: 60 } as const;
const breach = (minutes: number): Date => new Date(minute(minutes).getTime() + 1);

/** Everything that the clock has to do until the moment is done, each at its due time; gives what it did. */
function live(clock: SlaClock, until: Date): { readonly clock: SlaClock; readonly did: readonly string[] } {
  const did: string[] = [];
  let now = clock;
  for (;;) {
    const next = [...clockWork(now)].sort((a, b) => a.due.getTime() - b.due.getTime())[0];
    if (!next || next.due > until) return { clock: now, did };
    const { changes, facts } = noteDueWork(now, next, next.due);
    did.push(...facts.map((fact) => `${fact.kind} ${fact.since.toISOString()}`));
    now = { ...now, ...changes, version: now.version + facts.length };
  }
}

describe('what a clock does by itself', () => {
  it.each<[string, Step[], readonly [string, Date][]]>([
    [
      'runs: warns at 75 % and breaches beyond the target',
      [],
      [
        ['AT_RISK', minute(45)],
        ['BREACH', breach(60)],
      ],
    ],
    [
      'was on hold for 20 minutes: both come 20 minutes later',
      [
        [10, 'PUT_ON_HOLD'],
        [30, 'RESUMED'],
      ],
      [
        ['AT_RISK', minute(65)],
        ['BREACH', breach(80)],
      ],
    ],
    ['is on hold: nothing', [[10, 'PUT_ON_HOLD']], []],
    ['is resolved: nothing', [[10, 'RESOLVED']], []],
    ['is canceled: nothing', [[10, 'CANCELED']], []],
    [
      'has a shorter target, reached already: at once, not before it was set',
      [[50, 'REPRIORITIZED', { priority: 'P2', minutes: 40 }]],
      [
        ['AT_RISK', minute(50)],
        ['BREACH', breach(50)],
      ],
    ],
  ])('%s', (_name, steps, work) => {
    expect(clockWork(lived(P1, steps).clock)).toEqual(work.map(([kind, due]) => ({ kind, due })));
  });

  it('does each once, and again under a new target', () => {
    const { clock, did } = live(lived(P1, []).clock, minute(500));
    expect(did).toEqual([
      `sla-clock-at-risk ${minute(45).toISOString()}`,
      `sla-clock-breached ${minute(60).toISOString()}`,
    ]);
    expect(clockWork(clock)).toEqual([]);
    const retargeted: SlaClock = { ...clock, targetMinutes: 240, riskRecorded: null, breachRecorded: null };
    expect(clockWork(retargeted).map(({ kind }) => kind)).toEqual(['AT_RISK', 'BREACH']);
  });

  it('a timer that the state does not ask for any more changes nothing', () => {
    const { clock } = lived(P1, [[10, 'PUT_ON_HOLD']]);
    expect(noteDueWork(clock, { kind: 'BREACH', due: breach(60) }, minute(61))).toEqual({
      ok: true,
      changes: {},
      facts: [],
    });
    const { clock: moved } = lived(P1, [
      [10, 'PUT_ON_HOLD'],
      [30, 'RESUMED'],
    ]);
    expect(noteDueWork(moved, { kind: 'BREACH', due: breach(60) }, minute(61)).facts).toEqual([]);
  });

  it('an import only computes', () => {
    expect(clockWork(bornClock(started({ origin: 'IMPORT' })))).toEqual([]);
  });

  it('at any moment of any life, the breach is on record exactly when more has counted than the target allows', () => {
    const signal = fc.constantFrom('PUT_ON_HOLD', 'RESUMED', 'RESOLVED', 'REOPENED', 'ACKNOWLEDGED');
    const life = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), signal), { maxLength: 8 });
    fc.assert(
      fc.property(life, fc.nat({ max: 300 }), (gaps, at) => {
        let elapsed = 0;
        const steps = gaps.map(([gap, what]): Step => [(elapsed += gap), what]);
        const end = elapsed + at;
        let clock = bornClock(started(P1));
        steps.forEach((_step, index) => {
          const before = lived(P1, steps.slice(0, index)).clock;
          clock = { ...before, ...recorded(clock) };
          clock = live(clock, minute(steps[index]?.[0] ?? 0)).clock;
        });
        clock = { ...lived(P1, steps).clock, ...recorded(clock) };
        clock = live(clock, new Date(minute(end).getTime() + 1)).clock;
        const reading = readClock(clock, new Date(minute(end).getTime() + 1));
        if (clock.state === 'RUNNING') expect(clock.breachRecorded !== null).toBe(reading.breached);
        if (reading.breached && clock.state === 'RUNNING') expect(clock.breachRecorded).toEqual(reading.breachedAt);
      }),
    );
  });
});

const recorded = ({ riskRecorded, breachRecorded }: SlaClock): Partial<SlaClock> => ({ riskRecorded, breachRecorded });

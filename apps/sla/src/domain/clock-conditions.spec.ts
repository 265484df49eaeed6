import { describe, expect, it } from '@jest/globals';
import { CLOCK_CONDITIONS, effectOf, SIGNALS } from './clock-conditions.js';
import { MEASURES, PRIORITIES } from './vocabulary.js';

describe('clock conditions', () => {
  it.each([
    ['P1', { do: 'PAUSE', reason: 'RESOLVED' }],
    ['P2', { do: 'PAUSE', reason: 'RESOLVED' }],
    ['P3', { do: 'STOP', reason: 'RESOLVED', asOf: 'SIGNAL' }],
    ['P4', { do: 'STOP', reason: 'RESOLVED', asOf: 'SIGNAL' }],
  ] as const)('the resolution of a %s does %j to the time to resolve', (priority, effect) => {
    expect(effectOf('TIME_TO_RESOLVE', priority, 'RESOLVED')).toEqual(effect);
  });

  it('priority matters for a resolution alone', () => {
    for (const measure of MEASURES)
      for (const signal of SIGNALS.filter((one) => one !== 'RESOLVED'))
        for (const priority of PRIORITIES)
          expect(effectOf(measure, priority, signal)).toBe(CLOCK_CONDITIONS[measure][signal]);
  });

  it('being acknowledged stops the time to own and leaves the time to resolve alone', () => {
    expect(effectOf('TIME_TO_OWN', 'P1', 'ACKNOWLEDGED')).toMatchObject({ do: 'STOP', reason: 'ACKNOWLEDGED' });
    expect(effectOf('TIME_TO_RESOLVE', 'P1', 'ACKNOWLEDGED')).toEqual({ do: 'NOTHING' });
  });
});

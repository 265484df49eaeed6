import { describe, expect, it } from '@jest/globals';
import { KILLS_AT_MOST, precautionFor } from './precaution.js';

describe('how an event is run', () => {
  it.each([
    ['a first delivery', 1, undefined, 'NONE'],
    ['delivered before, and nobody knows how that ended', 2, undefined, 'ALONE'],
    ['failed each time it was delivered', 2, { tries: 1, unfinished: 0 }, 'COUNT'],
    ['failed each time, the last of several', 4, { tries: 3, unfinished: 0 }, 'COUNT'],
    ['failed once and disappeared once', 3, { tries: 1, unfinished: 0 }, 'ALONE'],
    ['begun and never ended', 3, { tries: 2, unfinished: 1 }, 'ALONE'],
    ['begun and never ended, once too few', 9, { tries: 8, unfinished: KILLS_AT_MOST - 1 }, 'ALONE'],
    ['begun and never ended, again and again', 4, { tries: 3, unfinished: KILLS_AT_MOST }, 'QUARANTINE'],
    ['the same, given out as new', 1, { tries: 3, unfinished: KILLS_AT_MOST }, 'QUARANTINE'],
  ] as const)('%s', (_, deliveries, history, expected) => {
    expect(precautionFor(deliveries, history)).toBe(expected);
  });
});

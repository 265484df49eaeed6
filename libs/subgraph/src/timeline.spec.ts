import { describe, expect, it } from '@jest/globals';
import { timelineEntry } from './timeline.js';

describe('an entry of a timeline', () => {
  const at = new Date('2026-11-23T02:00:04Z');
  const stored = { eventId: 'evt_1', version: 3, at, actorId: 'per_1' };

  it.each<[string, Record<string, unknown>, string]>([
    ['NOTED', { by: 'Ann', text: 'it $& rains' }, 'Ann: it $& rains'],
    ['NOTED', { by: 'Ann' }, 'Ann: '],
    ['NOTED', { by: null, text: 7 }, ': 7'],
    ['UNHEARD_OF', { text: 'x' }, 'UNHEARD_OF'],
  ])('%s with %j says %j', (kind, detail, text) => {
    const entry = timelineEntry({ NOTED: '{by}: {text}' }, { ...stored, kind, detail });
    expect(entry).toEqual({ id: 'evt_1', revision: 3, kind, at, actorId: 'per_1', text });
  });
});

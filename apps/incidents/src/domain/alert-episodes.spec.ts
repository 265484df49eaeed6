import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changedEpisodes, type KnownEpisode, type ToldAlert } from './alert-episodes.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 2, minute));
const firing = (start: number, fingerprint = 'f1'): ToldAlert => ({
  fingerprint,
  status: 'FIRING',
  startsAt: at(start),
  endsAt: null,
});
const resolved = (start: number, end: number, fingerprint = 'f1'): ToldAlert => ({
  fingerprint,
  status: 'RESOLVED',
  startsAt: at(start),
  endsAt: at(end),
});

/** Keeps the record as persistence does: opened and unheard episodes are added, cleared ones end. */
function keep(known: readonly KnownEpisode[], told: readonly ToldAlert[]): readonly KnownEpisode[] {
  return changedEpisodes(known, told).reduce<readonly KnownEpisode[]>((record, change) => {
    if (change.kind === 'CLEARED') {
      return record.map((episode) =>
        episode.id === change.episode.id ? { ...episode, status: 'RESOLVED' as const, endsAt: change.endsAt } : episode,
      );
    }
    const over = change.kind === 'OVER_BEFORE_HEARD';
    const episode = {
      ...change.alert,
      status: over ? ('RESOLVED' as const) : ('FIRING' as const),
      id: `alr_${record.length}`,
      name: 'QueueLag',
      severity: 'CRITICAL' as const,
      incidentId: null,
    };
    return [...record, episode];
  }, known);
}

const kinds = (known: readonly KnownEpisode[], told: readonly ToldAlert[]): readonly string[] =>
  changedEpisodes(known, told).map((change) => change.kind);

describe('episodes of an alert', () => {
  it.each([
    ['a first firing opens', [], [firing(1)], ['OPENED']],
    ['a repeat changes nothing', [firing(1)], [firing(1)], []],
    ['an all-clear clears', [firing(1)], [resolved(1, 5)], ['CLEARED']],
    ['a second all-clear changes nothing', [firing(1), resolved(1, 5)], [resolved(1, 5)], []],
    ['an all-clear before its firing is recorded as over', [], [resolved(1, 5)], ['OVER_BEFORE_HEARD']],
    ['the firing that comes after its all-clear changes nothing', [resolved(1, 5)], [firing(1)], []],
    ['firing again later opens a new episode', [firing(1), resolved(1, 5)], [firing(9)], ['OPENED']],
    ['a later start means that an all-clear was missed', [firing(1)], [firing(9)], ['CLEARED', 'OPENED']],
    ['an earlier start is the same episode seen by another monitor', [firing(3)], [firing(1)], []],
    ['the all-clear with that earlier start clears it', [firing(3)], [resolved(1, 5)], ['CLEARED']],
    [
      'a firing from before the last all-clear is history',
      [firing(1), resolved(1, 5)],
      [firing(3)],
      ['OVER_BEFORE_HEARD'],
    ],
    ['an old all-clear does not clear what began after it', [firing(9)], [resolved(1, 5)], ['OVER_BEFORE_HEARD']],
    ['another fingerprint is another alert', [firing(1)], [firing(1, 'f2')], ['OPENED']],
  ] as const)('%s', (_, before, told, expected) => {
    const known = before.reduce<readonly KnownEpisode[]>((record, alert) => keep(record, [alert]), []);
    expect(kinds(known, told)).toEqual(expected);
  });

  it('any order and any repetition of deliveries ends with the same alert firing or not', () => {
    const history = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 9 }).map((gaps) => {
      let now = 0;
      const times = gaps.map((gap) => (now += gap));
      return times.map((time, i) => (i % 2 === 0 ? firing(time) : resolved(times[i - 1]!, time)));
    });
    const delivered = history.chain((told) =>
      fc.tuple(
        fc.constant(told),
        fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2, maxLength: told.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(delivered, ([told, shuffled]) => {
        const record = shuffled.reduce<readonly KnownEpisode[]>((known, alert) => keep(known, [alert]), []);
        const stillOn = record.filter((episode) => episode.status === 'FIRING');
        expect(stillOn).toHaveLength(told.length % 2);
        expect(kinds(record, told)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

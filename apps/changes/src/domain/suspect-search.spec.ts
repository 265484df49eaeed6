import { describe, expect, it } from '@jest/globals';
import { aCandidate, NOW } from '../../test/a-change.js';
import type { Dismissal, Dismissed } from './suspect-changes.js';
import { dismiss, MOST_DISMISSED, type SuspectSearch } from './suspect-search.js';

describe('what a search passed over', () => {
  const blank: SuspectSearch = { id: 'srh_1', incidentId: 'inc_1', dismissed: [] };
  const found = (n: number, reason: Dismissal = 'OUT_OF_BOUND', minutesBefore = n): Dismissed => ({
    candidate: aCandidate({ deploymentId: `dep_${n}`, changeId: `chg_${n}`, changeNumber: n }),
    reason,
    minutesBefore,
  });
  /** The search after the looks. */
  const after = (...looks: Dismissed[][]): SuspectSearch => looks.reduce((search, look) => looked(search, look), blank);
  const looked = (search: SuspectSearch, look: readonly Dismissed[], suspected: string[] = []): SuspectSearch => {
    const decision = dismiss(search, look, suspected, NOW);
    return decision.ok ? { ...search, ...decision.changes } : search;
  };
  const changesOf = (search: SuspectSearch): string[] => search.dismissed.map(({ changeId }) => changeId);

  it('is on record with its reason, once', () => {
    const first = dismiss(blank, [found(300)], [], NOW);
    const dismissed = [
      { changeId: 'chg_300', changeNumber: 300, deploymentId: 'dep_300', reason: 'OUT_OF_BOUND', minutesBefore: 300 },
    ];
    expect(first).toEqual({ ok: true, changes: { dismissed }, facts: [{ kind: 'changes-dismissed', at: NOW }] });
    expect(dismiss({ ...blank, dismissed: after([found(300)]).dismissed }, [found(300)], [], NOW)).toMatchObject({
      facts: [],
    });
    expect(dismiss(blank, [], [], NOW)).toMatchObject({ facts: [] });
  });

  it('what is suspected by now is dismissed no longer', () => {
    const search = looked(after([found(1, 'OTHER_SERVICE'), found(300)]), [], ['chg_1']);
    expect(changesOf(search)).toEqual(['chg_300']);
  });

  it('a later look at the same deployment knows better', () => {
    expect(after([found(1, 'OTHER_SERVICE')], [found(1, 'ROLLED_BACK')]).dismissed).toMatchObject([
      { reason: 'ROLLED_BACK' },
    ]);
  });

  it('a change stands there once, by its deployment nearest to the incident', () => {
    const twice = { ...found(300), candidate: aCandidate({ deploymentId: 'dep_late', changeId: 'chg_300' }) };
    expect(after([found(300), { ...twice, minutesBefore: -20 }]).dismissed).toMatchObject([
      { deploymentId: 'dep_late' },
    ]);
  });

  it('the service and what it needs come first, the nearest of each first, and the record has an end', () => {
    const others = Array.from({ length: MOST_DISMISSED }, (_, n) => found(n + 1, 'OTHER_SERVICE'));
    const search = after(others, [found(900), found(800, 'OUT_OF_BOUND', -800)]);
    expect(search.dismissed).toHaveLength(MOST_DISMISSED);
    expect(changesOf(search).slice(0, 3)).toEqual(['chg_800', 'chg_900', 'chg_1']);
  });

  it('does not depend on the order in which the candidates come', () => {
    const all = [found(5, 'OTHER_SERVICE'), found(250), found(3, 'NO_LONGER_LIVE')];
    expect(after(...all.map((one) => [one])).dismissed).toEqual(after([...all].reverse()).dismissed);
  });
});

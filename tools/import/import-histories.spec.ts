import { describe, expect, it } from '@jest/globals';
import type { Gateway } from './gateway.mjs';
import { importHistories } from './import-histories.mjs';
import { summaryOf } from './report.mjs';
import type { Entry, History } from './servicenow-types.mjs';

const AT = '2016-02-29T04:40:00.000Z';
const PERSON = 'per_01h455vb4pex5vsknk084sn02q';

const entry = (line: number): Entry => ({
  ...{ line, at: AT, state: 'IN_PROGRESS', onHoldReason: null, impact: 'MEDIUM', urgency: 'LOW', priority: 'P4' },
  ...{ owner: 'Ann', team: null, actor: 'Ann', resolver: null, resolutionCode: null, notes: null },
});
const history = (number: string, firstLine: number, rows: number, problem: string | null = null): History => ({
  ...{ number, title: number, description: '', openedAt: AT, reporter: null, requestedChanges: [], causes: [] },
  entries: Array.from({ length: rows }, (_, n) => entry(firstLine + n)),
  problem: problem === null ? null : { name: problem, since: AT },
  notes: [],
});

interface Given {
  readonly externalId: string;
  readonly entries?: readonly unknown[];
  readonly links?: readonly { readonly incidentId: string }[];
}

/** Takes all that it is given, links no incident to a problem, and remembers the largest request. */
class Taker implements Gateway {
  largest = 0;

  async ask(document: string, variables: Record<string, unknown>): Promise<unknown> {
    this.largest = Math.max(this.largest, Buffer.byteLength(JSON.stringify({ query: document, variables })));
    const taken = (name: string): object[] =>
      ((variables[name] ?? []) as Given[]).map(({ externalId, entries = [], links = [] }) => ({
        ...{ externalId, outcome: 'IMPORTED', code: null, message: null, retryable: false, reference: null },
        ...{ entries: entries.length, priorities: entries.map(() => 'P4'), incident: { id: `id of ${externalId}` } },
        ...{ person: { id: PERSON }, skippedIncidentIds: links.map(({ incidentId }) => incidentId) },
      }));
    const results = ['incidents', 'problems', 'changes'].flatMap(taken);
    return { results, people: taken('people'), teams: taken('teams'), errors: [] };
  }

  async untilDone<T>(work: () => Promise<{ left: number; value: T }>): Promise<T> {
    return (await work()).value;
  }
}

async function imported(
  histories: readonly History[],
): Promise<{ summary: ReturnType<typeof summaryOf>; largest: number }> {
  const taker = new Taker();
  const all = await importHistories(taker, 'servicenow', histories, () => undefined);
  const rows = histories.reduce((sum, { entries }) => sum + entries.length, 0);
  const read = { rows, histories: [...histories], refused: [], notes: [] };
  return { summary: summaryOf('log.csv', 'servicenow', read, all, 1), largest: taker.largest };
}

describe('importing histories', () => {
  it('one that is larger than a request may be is refused, and the others go on', async () => {
    const { summary, largest } = await imported([
      history('INC1', 2, 1),
      history('INC2', 3, 450),
      history('INC3', 453, 2),
    ]);
    expect(summary).toMatchObject({ incidents: 2, imported: 2, rowsRefused: 450 });
    expect(summary.refused).toEqual([
      { line: 3, number: 'INC2', rows: 450, reason: expect.stringContaining('PAYLOAD_TOO_LARGE: ') },
    ]);
    expect(largest).toBeLessThan(100 * 1024);
  });

  it('an incident that could not be linked to its problem is noted with its line', async () => {
    const { summary } = await imported([history('INC1', 2, 1), history('INC2', 3, 2, 'PRB7')]);
    expect(summary.notes).toEqual([{ line: 4, number: 'INC2', note: expect.stringContaining('PRB7') }]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import fc from 'fast-check';
import { connection, PAGE_LIMIT, pageOf, type Page } from './connection.js';

interface Thing {
  readonly id: string;
}

/** What a reader does with a page. */
const read = (list: readonly Thing[], page: Page): readonly Thing[] =>
  list
    .filter(({ id }) => page.beforeId === null || id < page.beforeId)
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, page.limit);

const things = fc
  .nat({ max: 60 })
  .map((count) => Array.from({ length: count }, () => ({ id: newId('incident') })).reverse());

describe('pages', () => {
  it('put together are the list, whatever their size, and new things do not shift them', () => {
    fc.assert(
      fc.property(things, fc.integer({ min: 1, max: PAGE_LIMIT }), fc.boolean(), (list, first, growing) => {
        const seen: Thing[] = [];
        const grown = [...list];
        for (let after: string | null = null; ;) {
          const page = pageOf({ first, after });
          const { nodes, edges, pageInfo } = connection(read(grown, page), page);
          expect(nodes.length).toBeLessThanOrEqual(first);
          expect(edges.map((edge) => edge.node)).toEqual(nodes);
          expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
          seen.push(...nodes);
          if (growing) grown.push({ id: newId('incident') });
          if (!pageInfo.hasNextPage) break;
          expect(nodes).toHaveLength(first);
          after = pageInfo.endCursor;
        }
        expect(seen).toEqual(list);
      }),
    );
  });

  it('every edge is a place to go on from', () => {
    fc.assert(
      fc.property(things, (list) => {
        const page = pageOf({ first: PAGE_LIMIT });
        connection(list, page).edges.forEach(({ cursor }, index) => {
          expect(read(list, pageOf({ first: PAGE_LIMIT, after: cursor }))).toEqual(list.slice(index + 1));
        });
      }),
    );
  });

  it.each([0, -1, PAGE_LIMIT + 1])('of %p are refused', (first) => {
    expect(() => pageOf({ first })).toThrow(/first must be 1 to 100/);
  });

  it('begin only at cursors of ours', () => {
    fc.assert(fc.property(fc.string(), (after) => expect(() => pageOf({ first: 1, after })).toThrow(/not a cursor/)));
    const forged = Buffer.from("inc_01kb0000000000000000000001' OR 1=1").toString('base64url');
    expect(() => pageOf({ first: 1, after: forged })).toThrow(/not a cursor/);
  });
});

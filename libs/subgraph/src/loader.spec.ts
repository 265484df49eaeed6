import type { Actor } from '@graphdesk/identity';
import { describe, expect, it } from '@jest/globals';
import { loadMany, loadOne } from './loader.js';
import type { RequestContext } from './request-context.js';

interface Thing {
  readonly id: string;
  readonly owner: string;
}

const things: readonly Thing[] = ['c', 'a', 'b'].map((id) => ({ id, owner: id === 'b' ? 'bob' : 'ann' }));
const request = (id = 'per_1'): RequestContext => ({
  actor: { id, tenantId: 'ten_1', roles: [] },
  correlationId: 'req_1',
});

/** A reader that writes down what it was asked. */
function reader() {
  const batches: { actor: string; keys: readonly string[] }[] = [];
  const noting =
    (keyOf: (thing: Thing) => string) =>
    (actor: Actor, keys: readonly string[]): Promise<Thing[]> => {
      batches.push({ actor: actor.id, keys });
      return Promise.resolve(things.filter((thing) => keys.includes(keyOf(thing))));
    };
  return { batches, noting };
}

describe('loaders', () => {
  it('read what one tick asks for at once, each key once, and answer in the order asked', async () => {
    const { batches, noting } = reader();
    const load = loadOne(
      noting((thing) => thing.id),
      (thing) => thing.id,
    );
    const mine = request();
    const answers = await Promise.all(['b', 'none', 'a', 'b'].map((key) => load(mine, key)));
    expect(answers.map((thing) => thing?.id ?? null)).toEqual(['b', null, 'a', 'b']);
    expect(batches).toEqual([{ actor: 'per_1', keys: ['b', 'none', 'a'] }]);
  });

  it('share nothing between requests, not even of the same actor', async () => {
    const { batches, noting } = reader();
    const load = loadOne(
      noting((thing) => thing.id),
      (thing) => thing.id,
    );
    await Promise.all([load(request(), 'a'), load(request(), 'a'), load(request('per_2'), 'a')]);
    expect(batches.map(({ actor }) => actor).sort()).toEqual(['per_1', 'per_1', 'per_2']);
  });

  it('keep what a request has read', async () => {
    const { batches, noting } = reader();
    const load = loadOne(
      noting((thing) => thing.id),
      (thing) => thing.id,
    );
    const mine = request();
    expect(await load(mine, 'a')).toBe(await load(mine, 'a'));
    expect(batches).toHaveLength(1);
  });

  it('of lists keep the order of the reader and know the empty list', async () => {
    const { batches, noting } = reader();
    const load = loadMany(
      noting((thing) => thing.owner),
      (thing) => thing.owner,
    );
    const mine = request();
    const lists = await Promise.all(['ann', 'nobody', 'bob'].map((key) => load(mine, key)));
    expect(lists.map((list) => list.map(({ id }) => id))).toEqual([['c', 'a'], [], ['b']]);
    expect(batches).toHaveLength(1);
  });

  it('fail every key of a batch that failed', async () => {
    const load = loadOne<Thing>(
      () => Promise.reject(new Error('gone')),
      (thing) => thing.id,
    );
    const mine = request();
    const results = await Promise.allSettled([load(mine, 'a'), load(mine, 'b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('never put more than 500 keys into one statement', async () => {
    const { batches, noting } = reader();
    const load = loadOne(
      noting((thing) => thing.id),
      (thing) => thing.id,
    );
    const mine = request();
    await Promise.all(Array.from({ length: 1_001 }, (_, index) => load(mine, String(index))));
    expect(batches.map(({ keys }) => keys.length)).toEqual([500, 500, 1]);
  });
});

import DataLoader from 'dataloader';
import type { Actor } from '@graphdesk/identity';
import type { RequestContext } from './request-context.js';

/** Loads one key within a request; keys asked for in the same tick are read together. */
export type Loader<Key, Value> = (request: RequestContext, key: Key) => Promise<Value>;

/** A loader of single things: `batch` reads all keys with one statement; what it does not return is null (absent or not visible). */
export function loadOne<Value>(
  batch: (actor: Actor, keys: readonly string[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => string,
): Loader<string, Value | null> {
  return perRequest(async (actor, keys) => {
    const byKey = new Map((await batch(actor, keys)).map((value) => [keyOf(value), value]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}

/** A loader of lists: `batch` reads the lists of all keys with one statement; order within a list is kept. */
export function loadMany<Value>(
  batch: (actor: Actor, keys: readonly string[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => string,
): Loader<string, readonly Value[]> {
  return perRequest(async (actor, keys) => {
    const lists = new Map<string, Value[]>(keys.map((key) => [key, []]));
    for (const value of await batch(actor, keys)) lists.get(keyOf(value))?.push(value);
    return keys.map((key) => lists.get(key) ?? []);
  });
}

function perRequest<Value>(
  batch: (actor: Actor, keys: readonly string[]) => Promise<readonly Value[]>,
): Loader<string, Value> {
  const loaders = new WeakMap<RequestContext, DataLoader<string, Value>>();
  return (request, key) => {
    let loader = loaders.get(request);
    if (!loader) {
      loader = new DataLoader((keys) => batch(request.actor, keys), { maxBatchSize: 500 });
      loaders.set(request, loader);
    }
    return loader.load(key);
  };
}

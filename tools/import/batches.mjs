// Work in portions that fit into a request, a few requests at a time.

/**
 * Portions in the order of the items, each within both limits; an item that is too large alone is a portion of its own.
 * @template T
 * @param {readonly T[]} items
 * @param {{ count: number, bytes: number }} limits `bytes` of their JSON
 * @returns {T[][]}
 */
export function batches(items, { count, bytes }) {
  /** @type {T[][]} */
  const portions = [];
  let size = 0;
  for (const item of items) {
    const own = Buffer.byteLength(JSON.stringify(item));
    const last = portions.at(-1);
    if (last && last.length < count && size + own <= bytes) {
      last.push(item);
      size += own;
    } else {
      portions.push([item]);
      size = own;
    }
  }
  return portions;
}

/**
 * Does all, `width` at a time. The first error ends it once what is under way has ended.
 * @template T
 * @param {readonly T[]} items
 * @param {number} width
 * @param {(item: T) => Promise<void>} work
 */
export async function several(items, width, work) {
  const waiting = [...items];
  /** @type {unknown[]} */
  const errors = [];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined && errors.length === 0; item = waiting.shift()) {
      await work(item).catch((error) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  if (errors.length > 0) throw errors[0];
}

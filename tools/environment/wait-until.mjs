import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until the answer is truthy.
 * @template T
 * @param {() => T | Promise<T>} ask a throw ends the wait with that error
 * @param {{ timeoutMs?: number, everyMs?: number, what: string }} options `what` names the awaited thing in the error
 * @returns {Promise<NonNullable<T>>}
 */
export async function waitUntil(ask, { timeoutMs = 30_000, everyMs = 25, what }) {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return /** @type {NonNullable<T>} */ (answer);
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await pause(everyMs);
  }
}

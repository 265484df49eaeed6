/** @typedef {<T>(what: string, work: () => Promise<T>) => Promise<T>} Step runs one step of the set-up and tells about it */

/** How often a long step says that it still works, in milliseconds. */
const STILL_EVERY = 15_000;

/**
 * Steps that print a line when they end, with the time they took.
 * @param {(line: string) => void} print
 * @returns {Step}
 */
export function printedSteps(print) {
  return async (what, work) => {
    const began = performance.now();
    const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
    const timer = setInterval(() => print(`  ... ${what} (${seconds()} s so far)`), STILL_EVERY);
    try {
      const result = await work();
      print(`  ok  ${what} (${seconds()} s)`);
      return result;
    } finally {
      clearInterval(timer);
    }
  };
}

/** @type {Step} */
export const silentSteps = (_what, work) => work();

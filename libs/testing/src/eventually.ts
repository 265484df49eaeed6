import { setTimeout as pause } from 'node:timers/promises';

/**
 * Repeats an assertion until it holds and returns its value. When it still fails after `timeoutMs` (default 10 000), the
 * assertion's own last error is thrown, with the waiting time added to its message.
 */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { timeoutMs = 10_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() >= deadline) throw withWaitingTime(error, timeoutMs);
    }
    await pause(everyMs);
  }
}

function withWaitingTime(error: unknown, timeoutMs: number): unknown {
  if (!(error instanceof Error)) return new Error(`not within ${timeoutMs} ms: ${String(error)}`);
  error.message = `not within ${timeoutMs} ms: ${error.message}`;
  return error;
}

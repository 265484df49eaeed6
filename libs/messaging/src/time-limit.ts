import type { EntityManager } from 'typeorm';

/** A reaction that takes longer has failed, in milliseconds. Statements have a limit of their own below it. */
export const HANDLER_LIMIT_MS = 15_000;

/** Thrown for work that did not come back in time. */
export class TookTooLong extends Error {
  constructor(limitMs: number) {
    super(`it did not come back within ${limitMs} ms`);
  }
}

/**
 * Runs work of a transaction for `limitMs` at most. Work that is late is given up together with the transaction's connection:
 * whatever it does later meets a transaction that has ended, and the pool makes a new connection. Throws {@link TookTooLong}.
 */
export async function withinLimit<T>(tx: EntityManager, limitMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(limitMs)), limitMs);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    if (error instanceof TookTooLong) await giveUpConnection(tx);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A rollback would wait for a query under way, and the late work could get in after it. The server rolls back by itself. */
async function giveUpConnection(tx: EntityManager): Promise<void> {
  const client = (await tx.queryRunner?.connect()) as { end(): Promise<void> } | undefined;
  // A frozen server never confirms; nobody waits for it.
  client?.end().catch(() => undefined);
}

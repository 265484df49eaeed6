/** Nobody there, or gone: what the network reports. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** SQLSTATEs of a connection that was lost (class 08), and of a server that is full, starts or stops. */
const AWAY = /^(08\d{3}|53300|57P0[1235])$/;

/**
 * SQLSTATEs of trouble that passes by itself and says nothing of who asked: the server rolled the transaction back to let another
 * one through (class 40), has no room (53), a pooler before it has none (08P01), or a lock did not come free in time (55P03, 55006). Not a statement that took too long
 * (57014): that may be the statement's own doing, each time.
 */
const CROWDED = /^(08P01|40...|53...|55P03|55006)$/;

/** Whether the database is not there, starting up, shutting down or full: all pass. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  // Pool and driver give no code to a connection that was not made in time or that ended, and to a server that is frozen.
  return NETWORK.has(code) || AWAY.test(code) || (code === '' && LOST.test(error.message));
}

/** Whether the database is in trouble that passes by itself, so that the same work may succeed in a moment. */
export function isPassingTrouble(error: unknown): boolean {
  return isUnreachable(error) || (error instanceof Error && CROWDED.test(codeOf(error)));
}

const LOST = /timeout exceeded when trying to connect|timeout expired|query read timeout|connection terminated/i;

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

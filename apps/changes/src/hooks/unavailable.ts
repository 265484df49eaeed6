import { HookError } from '@graphdesk/subgraph';

/** SQLSTATE classes of trouble that passes: connection lost, rolled back by the server, out of resources, lock not free in time, shutting down. */
const PASSING = /^(08|40|53|55|57)/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

/** Trouble that passes becomes a 503, which tells the sender to deliver again; everything else stays what it is. */
export function deliverAgain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const lost = /timeout exceeded when trying to connect|Connection terminated/i.test(error.message);
  if (!lost && !NETWORK.has(code) && !PASSING.test(code)) return error;
  return new HookError(503, 'UNAVAILABLE', 'the deployment could not be stored now: deliver it again');
}

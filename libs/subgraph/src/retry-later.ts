import { HttpException } from '@nestjs/common';

/**
 * SQLSTATE classes that pass by themselves: connection lost (08), transaction rolled back by the server (40), out of
 * resources (53), lock not available in time (55), canceled or shutting down (57). A unique key taken meanwhile (23505) means
 * that another delivery was faster: the next try finds its work done.
 */
const PASSING = /^(08|40|53|55|57)|^23505$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * Turns trouble that passes, such as a database that restarts, into 503 SERVICE_UNAVAILABLE, which senders of webhooks repeat;
 * everything else stays what it is. The door of a subgraph does this to whatever is thrown outside GraphQL.
 */
export function retryLater(error: unknown): unknown {
  if (error instanceof HttpException || !isPassing(error)) return error;
  const body = { code: 'SERVICE_UNAVAILABLE', message: 'something needed is away for a moment: send it again' };
  return new HttpException(body, 503, { cause: error });
}

/** Whether the trouble passes by itself, so that the same request may succeed in a moment. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // The pool reports a connection that it could not make in time, or that ended under it, without any code.
  const lost = /timeout exceeded when trying to connect|Connection terminated/i.test(error.message);
  return lost || NETWORK.has(code) || PASSING.test(code);
}

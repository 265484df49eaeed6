import { isPassingTrouble } from '@graphdesk/database';
import { HttpException } from '@nestjs/common';

/**
 * What passes for those who ask, beside the database's own trouble: a statement that was canceled for its time (57014), an object
 * in the way (55), and a unique key taken meanwhile (23505), for another delivery was faster and the next try finds its work done.
 */
const PASSING = /^(57014|55...|23505)$/;

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
  return isPassingTrouble(error) || ('code' in error && PASSING.test(String(error.code)));
}

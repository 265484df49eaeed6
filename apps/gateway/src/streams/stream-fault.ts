import { GraphQLError } from 'graphql';

/** Why a subscription is refused or ends; the codes are public, see the README. */
export type StreamFaultCode =
  | 'SUBSCRIPTION_CURSOR_INVALID'
  | 'SUBSCRIPTION_CURSOR_EXPIRED'
  | 'SUBSCRIPTION_OVERFLOW'
  | 'SUBSCRIPTION_INTERRUPTED'
  | 'SUBSCRIPTION_UNAVAILABLE'
  | 'SUBSCRIPTION_LIMIT'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE';

const MESSAGES: Partial<Record<StreamFaultCode, string>> = {
  SUBSCRIPTION_CURSOR_INVALID: 'The cursor is not one of this graph and tenant.',
  SUBSCRIPTION_CURSOR_EXPIRED:
    'Events after this cursor are no longer kept. Read the current state by a query and subscribe without a cursor.',
  SUBSCRIPTION_OVERFLOW: 'Events came in but were not read. Subscribe again after the cursor in resumeAfter.',
  SUBSCRIPTION_INTERRUPTED:
    'A service needed for this event does not answer. Subscribe again after the cursor in resumeAfter.',
  SUBSCRIPTION_UNAVAILABLE: 'The event stream cannot be reached at the moment. Try again.',
  SUBSCRIPTION_LIMIT: 'There are too many subscriptions at the same time. End one before the next.',
};

/** A subscription's typed error. `resumeAfter` is the cursor of the last event that was handed over. */
export function streamFault(
  code: StreamFaultCode,
  details: { message?: string; resumeAfter?: string } = {},
): GraphQLError {
  const { message = MESSAGES[code] ?? code, resumeAfter } = details;
  return new GraphQLError(message, { extensions: { code, ...(resumeAfter !== undefined && { resumeAfter }) } });
}

/** Whether an error is a subscription's typed error with that code. */
export function isFault(error: unknown, code: StreamFaultCode): boolean {
  return error instanceof GraphQLError && error.extensions.code === code;
}

/** A subscription that was refused for several reasons at once. */
export class StreamRefusal extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors.map(({ message }) => message).join(' '));
  }
}

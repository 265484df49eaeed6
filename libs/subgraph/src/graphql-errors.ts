import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { currentCause } from '@graphdesk/messaging';

/** Codes that say something to the caller; whatever else is thrown is a surprise: logged here, masked outside. */
const PUBLIC_CODES = new Set([
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
]);

/** The shared error mapper: keeps public errors, masks surprises and logs them with the correlation id. */
export function errorMapper(
  logger: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const code = formatted.extensions?.['code'];
    const shared = {
      ...(formatted.path && { path: formatted.path }),
      ...(formatted.locations && { locations: formatted.locations }),
    };
    if (typeof code === 'string' && PUBLIC_CODES.has(code)) {
      return { ...shared, message: formatted.message, extensions: { code } };
    }
    const correlationId = currentCause()?.correlationId;
    logger.error({ err: unwrapResolverError(error), path: formatted.path, correlationId }, 'a resolver failed');
    return {
      ...shared,
      message: 'something went wrong on our side',
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(correlationId && { correlationId }) },
    };
  };
}

import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { currentCause } from '@graphdesk/messaging';
import { isPassing } from './retry-later.js';

/** Codes that say something to the caller; whatever else is thrown is a surprise: logged here, masked outside. */
const PUBLIC_CODES = new Set([
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
]);

/** The shared error mapper: keeps public errors, says what passes by itself, masks surprises and logs them with the correlation id. */
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
    const thrown = unwrapResolverError(error);
    if (isPassing(thrown)) {
      logger.warn({ err: thrown, path: formatted.path, correlationId }, 'something needed is away');
      const message = 'something needed is away for a moment: ask again';
      return {
        ...shared,
        message,
        extensions: { code: 'SERVICE_UNAVAILABLE', ...(correlationId && { correlationId }) },
      };
    }
    logger.error({ err: thrown, path: formatted.path, correlationId }, 'a resolver failed');
    return {
      ...shared,
      message: 'something went wrong on our side',
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(correlationId && { correlationId }) },
    };
  };
}

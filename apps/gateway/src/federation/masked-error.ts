import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';

const SURPRISES = new Set<unknown>([undefined, 'INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR']);
const NEVER_SHOWN = new Set(['stacktrace', 'exception', 'originalError', 'response']);

/**
 * What a caller may see of an error: those with a code of their own as they are, a surprise only as INTERNAL_SERVER_ERROR
 * with its place and its service; the rest goes to the log.
 */
export function maskError(error: GraphQLFormattedError, log: Logger): GraphQLFormattedError {
  const { message, locations, path, extensions = {} } = error;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (!SURPRISES.has(extensions.code)) {
    const shown = Object.entries(extensions).filter(([key]) => !NEVER_SHOWN.has(key));
    return { message, ...place, extensions: Object.fromEntries(shown) };
  }
  log.error({ graphqlError: { message, path, extensions } }, 'operation failed');
  const { serviceName, correlationId } = extensions;
  return {
    message: 'Internal server error',
    ...place,
    extensions: {
      code: 'INTERNAL_SERVER_ERROR',
      ...(typeof serviceName === 'string' && { serviceName }),
      // What a caller names when asking what went wrong: it leads to the line in the log.
      ...(typeof correlationId === 'string' && { correlationId }),
    },
  };
}

/** The same for an error of a result, as the instance that graphql-ws expects. */
export function maskInstance(error: GraphQLError, log: Logger): GraphQLError {
  const { message, path, extensions } = maskError(error.toJSON(), log);
  return new GraphQLError(message, { nodes: error.nodes, path, extensions });
}

import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bearerToken } from '../identity/bearer-token.js';
import { traceOf } from '../identity/request-trace.js';
import type { OperationContext, Session } from '../identity/session.js';
import { UnauthenticatedError, type VerifyToken } from '../identity/token-verifier.js';
import type { GraphqlServer } from './graphql-server.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on /graphql once the token was verified. */
    session: Session | null;
  }
}

/** Answers a request itself and says so, or leaves it to the GraphQL server. */
export type StreamHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/** `POST /graphql` (and GET for queries): no token, no data, so the token is checked before anything of the body is read. */
export function graphqlRoutes(options: {
  server: GraphqlServer;
  verify: VerifyToken;
  bodyLimit: number;
  openStream: StreamHandler;
}): (scope: FastifyInstance) => void {
  const { server, verify, bodyLimit, openStream } = options;
  const answer = fastifyApolloHandler(server, {
    context: (request, reply) => Promise.resolve(contextOf(request, reply)),
  });
  return (scope) => {
    scope.decorateRequest('session', null);
    scope.addHook('onRequest', async (request) => {
      request.session = await verify(bearerToken(request.headers.authorization));
    });
    scope.setErrorHandler<FastifyError | UnauthenticatedError>((error, request, reply) => {
      const { status, code, message } = refusalOf(error);
      if (status === 401) void reply.header('www-authenticate', 'Bearer realm="graphdesk"');
      if (status >= 500) request.log.error({ err: error }, 'request failed');
      return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
    });
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      bodyLimit,
      handler: async function (request, reply) {
        if (await openStream(request, reply)) return reply;
        return answer.call(this, request, reply);
      },
    });
  };
}

/** The context of an operation that came by HTTP; its signal fires when the caller hangs up before the answer. */
export function contextOf(request: FastifyRequest, reply: FastifyReply): OperationContext {
  if (!request.session) throw new UnauthenticatedError(true);
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return { actor: request.session.actor, ...traceOf(request.headers), signal: gone.signal };
}

function refusalOf(error: FastifyError | UnauthenticatedError): { status: number; code: string; message: string } {
  if (error instanceof UnauthenticatedError) return { status: 401, code: error.code, message: error.message };
  const status = error.statusCode ?? 500;
  if (status === 413) return { status, code: 'PAYLOAD_TOO_LARGE', message: 'The request body is too large.' };
  if (status === 415) return { status, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send application/json.' };
  if (status < 500) return { status, code: 'BAD_REQUEST', message: 'The request could not be read.' };
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' };
}

import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyError, FastifyInstance } from 'fastify';
import { SubgraphUnavailableError, type SubgraphClient } from '../federation/subgraph-client.js';
import { traceOf } from '../identity/request-trace.js';
import { publicOwner, type PublicPaths } from './public-owner.js';

const FORWARDED = ['content-type', 'x-hub-signature-256', 'authorization', 'user-agent'];
const RETURNED = ['content-type', 'retry-after', 'cache-control'];
const RETRY_AFTER_S = '5';

/**
 * The public door: `/hooks/*` and `/public/*` go to the owning subgraph with the body byte for byte and no actor; the
 * subgraph authenticates the sender by the sender's own scheme. A subgraph that does not answer gives 503, so that senders
 * try again.
 */
export function publicRoutes(options: {
  paths: PublicPaths;
  clients: ReadonlyMap<string, SubgraphClient>;
  bodyLimit: number;
}): (scope: FastifyInstance) => void {
  const { paths, clients, bodyLimit } = options;
  return (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler<FastifyError>((error, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) request.log.error({ err: error }, 'forwarding failed');
      return reply.code(status).send({ code: codeOf(status) });
    });
    for (const url of ['/hooks/*', '/public/*']) {
      scope.all(url, { bodyLimit }, async (request, reply) => {
        const path = request.raw.url ?? '';
        const owner = publicOwner(path.split('?')[0] ?? '', paths);
        const client = owner === undefined ? undefined : clients.get(owner);
        if (!client) return reply.code(404).send({ code: 'NOT_FOUND' });
        try {
          const answer = await client.send({
            method: request.method,
            path,
            body: request.body instanceof Buffer ? request.body : '',
            actor: null,
            headers: forwardedHeaders(request.headers),
            ...traceOf(request.headers),
          });
          for (const name of RETURNED) {
            const value = answer.headers[name];
            if (value !== undefined) void reply.header(name, value);
          }
          return await reply.code(answer.status).send(answer.body);
        } catch (error) {
          if (!(error instanceof SubgraphUnavailableError)) throw error;
          request.log.warn({ subgraph: owner, err: error.cause }, 'public request not delivered');
          return reply.code(503).header('retry-after', RETRY_AFTER_S).send({ code: error.code });
        }
      });
    }
  };
}

function codeOf(status: number): string {
  if (status === 413) return 'PAYLOAD_TOO_LARGE';
  return status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
}

function forwardedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const chosen = Object.entries(headers).filter(([name]) => FORWARDED.includes(name) || name.startsWith('x-github-'));
  return Object.fromEntries(chosen.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

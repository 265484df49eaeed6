import {
  bodyHash,
  ENVELOPE_HEADER,
  InvalidEnvelopeError,
  verifyEnvelope,
  type EnvelopeKey,
  type VerifiedEnvelope,
} from '@graphdesk/identity';
import { withCause } from '@graphdesk/messaging';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the gateway's envelope was verified. */
    envelope?: VerifiedEnvelope;
    /** The body exactly as sent: what webhook signatures are computed over. */
    rawBody?: Buffer;
  }
}

/** Webhooks may be this large, in bytes; GraphQL requests are limited by the gateway. */
export const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

/**
 * Lets nobody in but the gateway: the envelope is verified before the body is read, the body's hash before it is parsed. Health
 * checks alone are open.
 */
export function requireEnvelope(fastify: FastifyInstance, audience: string, keys: readonly EnvelopeKey[]): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (isHealthCheck(request)) return;
    try {
      const header = request.headers[ENVELOPE_HEADER];
      const envelope = Array.isArray(header) ? undefined : header;
      request.envelope = await verifyEnvelope(envelope, { audience, method: request.method, path: request.url }, keys);
    } catch (error) {
      if (!(error instanceof InvalidEnvelopeError)) throw error;
      await refuse(reply, error.message);
    }
  });

  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (request.envelope?.bodyHash !== bodyHash(body)) {
      done(
        Object.assign(new Error('the body is not the one that the envelope was made for'), {
          statusCode: 401,
          code: 'INVALID_ENVELOPE',
        }),
      );
      return;
    }
    request.rawBody = body;
    if (!isGraphql(request)) return done(null, undefined);
    try {
      done(null, JSON.parse(body.toString('utf8')));
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400, code: 'BAD_REQUEST' }));
    }
  });

  fastify.addHook('preHandler', (request, _reply, done) => {
    const correlationId = request.envelope?.correlationId ?? request.id;
    const traceparent = request.headers['traceparent'];
    withCause({ correlationId, ...(typeof traceparent === 'string' && { traceparent }) }, done);
  });
}

const isHealthCheck = (request: FastifyRequest): boolean => request.url.startsWith('/health/');

const isGraphql = (request: FastifyRequest): boolean => request.url === '/graphql';

async function refuse(reply: FastifyReply, message: string): Promise<void> {
  await reply.code(401).send({ errors: [{ message, extensions: { code: 'INVALID_ENVELOPE' } }] });
}

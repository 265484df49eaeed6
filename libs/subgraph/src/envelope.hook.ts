import {
  bodyHash,
  ENVELOPE_HEADER,
  InvalidEnvelopeError,
  verifyEnvelope,
  type EnvelopeKey,
  type VerifiedEnvelope,
} from '@graphdesk/identity';
import { withCause } from '@graphdesk/messaging';
import { HttpException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isGraphql } from './http-error.filter.js';

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
  fastify.addHook('onRequest', async (request) => {
    if (isHealthCheck(request)) return;
    try {
      const header = request.headers[ENVELOPE_HEADER];
      const envelope = Array.isArray(header) ? undefined : header;
      request.envelope = await verifyEnvelope(envelope, { audience, method: request.method, path: request.url }, keys);
    } catch (error) {
      throw error instanceof InvalidEnvelopeError ? invalidEnvelope(error.message) : error;
    }
  });

  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isSigned(request, body)) return done(invalidEnvelope(OTHER_BODY));
    request.rawBody = body;
    if (!isGraphql(request.url)) return done(null, undefined);
    try {
      done(null, JSON.parse(body.toString('utf8')));
    } catch {
      done(httpError(400, 'BAD_REQUEST', 'the body is not JSON'));
    }
  });

  // A request without a body meets no parser; its envelope must have been made for none.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const well = isHealthCheck(request) || request.rawBody !== undefined || isSigned(request, '');
    done(well ? undefined : invalidEnvelope(OTHER_BODY));
  });

  fastify.addHook('preHandler', (request, _reply, done) => {
    const correlationId = request.envelope?.correlationId ?? request.id;
    const traceparent = request.headers['traceparent'];
    withCause({ correlationId, ...(typeof traceparent === 'string' && { traceparent }) }, done);
  });
}

const isHealthCheck = (request: FastifyRequest): boolean => request.url.startsWith('/health/');

const isSigned = (request: FastifyRequest, body: Buffer | string): boolean =>
  request.envelope?.bodyHash === bodyHash(body);

const OTHER_BODY = 'the body is not the one that the envelope was made for';

const invalidEnvelope = (message: string): HttpException => httpError(401, 'INVALID_ENVELOPE', message);

function httpError(status: number, code: string, message: string): HttpException {
  return new HttpException({ code, message }, status);
}

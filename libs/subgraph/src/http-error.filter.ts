import { HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { retryLater } from './retry-later.js';

/** What an HTTP error says: a stable code, a sentence for people and, if one is at fault, the path of an input. */
interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
}

/** Refusals that the server makes by itself, by status. */
const BY_STATUS: ReadonlyMap<number, ErrorBody> = new Map([
  [404, { code: 'NOT_FOUND', message: 'nothing is here' }],
  [413, { code: 'PAYLOAD_TOO_LARGE', message: 'the body is too large' }],
  [415, { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'the content type cannot be read' }],
]);
const UNREADABLE: ErrorBody = { code: 'BAD_REQUEST', message: 'the request could not be read' };
const SURPRISE: ErrorBody = { code: 'INTERNAL_SERVER_ERROR', message: 'something went wrong on our side' };

/** After how many seconds a sender may try again. */
const RETRY_AFTER_S = '5';

/**
 * Answers whatever is thrown outside of GraphQL's execution: in hooks, parsers, controllers, and where nothing is. The body is
 * `{code, message, path?}`; at `/graphql` it is `{errors}`, since the gateway reads it. Surprises are logged and say nothing.
 */
export class HttpErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    // What resolvers throw is GraphQL's to answer.
    if (host.getType<string>() !== 'http') return;
    const error = retryLater(thrown);
    const [request, reply] = [host.getArgByIndex<FastifyRequest>(0), host.getArgByIndex<FastifyReply>(1)];
    const status = statusOf(error);
    if (status >= 500) this.report(error, status, request);
    if (reply.sent) return;
    if (status === 503) void reply.header('retry-after', RETRY_AFTER_S);
    void reply.code(status).send(bodyFor(request.url, bodyOf(error, status)));
  }

  private report(error: unknown, status: number, request: FastifyRequest): void {
    const err = error instanceof HttpException ? (error.cause ?? error) : error;
    const correlationId = request.envelope?.correlationId ?? request.id;
    if (status === 503) this.logger.warn({ err, correlationId }, 'a request must be sent again');
    else this.logger.error({ err, correlationId }, 'a request failed');
  }
}

/** Whether a request is for GraphQL, by its URL. */
export const isGraphql = (url: string): boolean => /^\/graphql(\?|$)/.test(url);

/** The body in the form that callers of the URL read. */
export function bodyFor(url: string, { code, message, path }: ErrorBody): object {
  if (isGraphql(url)) return { errors: [{ message, extensions: { code } }] };
  return path === undefined ? { code, message } : { code, message, path };
}

/** What the server says about a request that it could not understand before any handler. */
export function unreadable(url: string): object {
  return bodyFor(url, UNREADABLE);
}

/** Fastify's own errors carry a status; whatever else is no HTTP exception is a surprise. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? status : 500;
}

function bodyOf(error: unknown, status: number): ErrorBody {
  const said = error instanceof HttpException ? error.getResponse() : null;
  if (isBody(said)) return said;
  return BY_STATUS.get(status) ?? (status < 500 ? UNREADABLE : SURPRISE);
}

function isBody(value: unknown): value is ErrorBody {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

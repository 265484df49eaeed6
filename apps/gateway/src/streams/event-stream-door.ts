import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { z } from 'zod';
import { contextOf, type StreamHandler } from '../federation/graphql-routes.js';
import { maskInstance } from '../federation/masked-error.js';
import { atDeadline } from '../identity/at-deadline.js';
import type { LiveStream } from './live-stream.js';
import { openStream, type StreamDesk } from './open-stream.js';
import { asErrors } from './socket-door.js';
import { readDocument } from './stream-request.js';

const MEDIA_TYPE = 'text/event-stream';
const KEEP_ALIVE_MS = 12_000;
const CLOSING_MS = 1_000;

/** What is refused for a reason that is not in the request; anything else is 400. */
const STATUS = new Map<unknown, number>([
  ['SUBSCRIPTION_LIMIT', 429],
  ['SUBSCRIPTION_UNAVAILABLE', 503],
]);

const bodySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * Subscriptions over server-sent events: `POST /graphql` with `Accept: text/event-stream`. Each message is an event `next`
 * whose `id` is the cursor; a client that comes back sends the last one as `Last-Event-ID` (or in `extensions.after`). The
 * end of a subscription is an event `complete`.
 */
export function eventStreamDoor(desk: StreamDesk): { handle: StreamHandler; close: () => void } {
  const open = new Set<LiveStream>();
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    if (request.method !== 'POST' || !request.headers.accept?.includes(MEDIA_TYPE)) return false;
    const parsedBody = bodySchema.safeParse(request.body);
    if (!parsedBody.success) return false;
    const body = parsedBody.data;
    const after = request.headers['last-event-id'] ?? body.extensions?.after;
    let stream: LiveStream;
    try {
      const { document, operation } = readDocument(body);
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return false;
      const { signal: _unused, ...context } = contextOf(request, reply);
      const payload = { ...body, extensions: { ...body.extensions, after } };
      stream = await openStream(desk, { document, operation }, payload, context);
    } catch (error) {
      const errors = asErrors(error, (err) => request.log.error({ err }, 'operation could not start'));
      void reply
        .code(STATUS.get(errors[0]?.extensions.code) ?? 400)
        .send({ errors: errors.map((one) => one.toJSON()) });
      return true;
    }
    void reply.hijack();
    open.add(stream);
    const expiry = atDeadline(request.session?.expiresAt ?? 0, () => void stream.return());
    try {
      await pour(stream, reply.raw, desk);
    } catch (err) {
      request.log.debug({ err }, 'event stream ended');
    } finally {
      expiry();
      open.delete(stream);
      void stream.return();
      hangUp(reply.raw);
    }
    return true;
  };
  return { handle, close: () => open.forEach((stream) => void stream.return()) };
}

async function pour(stream: LiveStream, response: ServerResponse, desk: StreamDesk): Promise<void> {
  // The caller may have left while the stream was opened; `close` does not come a second time.
  if (response.destroyed) return;
  response.once('close', () => void stream.return());
  response.writeHead(200, { 'content-type': MEDIA_TYPE, 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.write(':\n\n');
  const keepAlive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS);
  const send = (text: string): Promise<void> => write(response, text, stream.ended);
  try {
    for await (const { data, errors, extensions } of stream) {
      const message = { data, ...(errors && { errors: errors.map((error) => error.toJSON()) }), extensions };
      await send(`id: ${extensions.cursor}\nevent: next\ndata: ${JSON.stringify(message)}\n\n`);
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const errors = [maskInstance(error, desk.log).toJSON()];
    await send(`event: next\ndata: ${JSON.stringify({ errors })}\n\n`);
  } finally {
    clearInterval(keepAlive);
  }
  await send('event: complete\ndata:\n\n');
}

/**
 * Waits while the connection takes no more, so that a slow reader fills its own buffer and nobody else's; but no longer than
 * the stream lasts, since a reader that stopped for good never lets go.
 */
async function write(response: ServerResponse, text: string, ended: AbortSignal): Promise<void> {
  if (response.destroyed || response.write(text) || ended.aborted) return;
  await once(response, 'drain', { signal: ended }).catch((error: unknown) => {
    if (!ended.aborted) throw error;
  });
}

/** Ends the answer; a caller that does not take the rest of it within a second loses the connection. */
function hangUp(response: ServerResponse): void {
  const force = setTimeout(() => response.destroy(), CLOSING_MS);
  response.once('close', () => clearTimeout(force));
  if (response.destroyed) clearTimeout(force);
  response.end();
}

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, OperationTypeNode, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { maskInstance } from '../federation/masked-error.js';
import type { GraphqlServer } from '../federation/graphql-server.js';
import { atDeadline } from '../identity/at-deadline.js';
import { bearerToken } from '../identity/bearer-token.js';
import { traceOf } from '../identity/request-trace.js';
import type { OperationContext, Session } from '../identity/session.js';
import { UnauthenticatedError, type VerifyToken } from '../identity/token-verifier.js';
import type { LiveStream } from './live-stream.js';
import { openStream, type StreamDesk } from './open-stream.js';
import { Seats } from './seats.js';
import { StreamRefusal, streamFault } from './stream-fault.js';
import { readDocument } from './stream-request.js';

/** Close codes of ours; the others are those of graphql-transport-ws. */
const CLOSE = { unauthenticated: 4401, forbidden: 4403, restarting: 1012 } as const;
const PATH = '/graphql';
const CLOSING_MS = 1_000;

interface Connection extends Record<PropertyKey, unknown> {
  session: Session;
  forget: () => void;
}
type SocketContext = { connectionParams?: Readonly<Record<string, unknown>>; extra: Extra & Partial<Connection> };
type StreamOpener = (
  ...of: Parameters<typeof openStream> extends [unknown, ...infer Rest] ? Rest : never
) => Promise<LiveStream>;
type Operation = ExecutionArgs & { payload: SubscribePayload; stream?: LiveStream };

/** Serves graphql-transport-ws on `/graphql`: subscriptions, and queries and mutations as over HTTP. */
export function openSocketDoor(options: {
  http: Server;
  desk: StreamDesk;
  server: GraphqlServer;
  verify: VerifyToken;
}): { close: () => void } {
  const { http, desk, server, verify } = options;
  const { limits, log } = desk;
  const seats = new Seats<WebSocket>(limits.socketSubscriptions);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.socketMessageBytes,
    perMessageDeflate: false,
  });
  useServer<Record<string, unknown>, Connection>(
    {
      connectionInitWaitTimeout: limits.socketInitMs,
      onConnect: (context) => admit(context, verify),
      onClose: ({ extra }) => extra.forget?.(),
      onSubscribe: async (context, _id, payload) => {
        try {
          const open: StreamOpener = (...of) => seats.hold(context.extra.socket, () => openStream(desk, ...of));
          return await prepare(desk, payload, operationContext(context), open);
        } catch (error) {
          return asErrors(error, (cause) => log.error({ err: cause }, 'operation could not start'));
        }
      },
      subscribe: (args) => (args as Operation).stream ?? Promise.reject(new Error('not opened')),
      execute: (args) => run(server, args as Operation),
      onNext: (_context, _id, _payload, _args, result) => result,
      onError: (_context, _id, _payload, errors) => errors.map((error) => maskInstance(error, log).toJSON()),
    },
    sockets,
    limits.socketPingMs,
  );
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (request.url?.split('?')[0] !== PATH)
      return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  };
  http.on('upgrade', upgrade);
  return {
    close: () => {
      http.off('upgrade', upgrade);
      for (const client of sockets.clients) client.close(CLOSE.restarting, 'Service restart');
      sockets.close();
      // A client that does not read never answers the closing handshake.
      setTimeout(() => sockets.clients.forEach((client) => client.terminate()), CLOSING_MS).unref();
    },
  };
}

/** The token comes in `connection_init` (`authorization: "Bearer …"` or `token`) or in the upgrade's Authorization header. */
async function admit({ connectionParams = {}, extra }: SocketContext, verify: VerifyToken): Promise<boolean> {
  const { authorization, token } = connectionParams;
  const header = extra.request.headers.authorization;
  const given = bearerToken(authorization) ?? (typeof token === 'string' ? token : bearerToken(header));
  try {
    extra.session = await verify(given);
  } catch (error) {
    const missing = error instanceof UnauthenticatedError && error.missing;
    extra.socket.close(missing ? CLOSE.unauthenticated : CLOSE.forbidden, missing ? 'Unauthorized' : 'Forbidden');
    return false;
  }
  extra.forget = atDeadline(extra.session.expiresAt, () => extra.socket.close(CLOSE.forbidden, 'Token expired'));
  if (extra.socket.readyState !== extra.socket.OPEN) extra.forget();
  return true;
}

function operationContext({ extra }: SocketContext): OperationContext {
  if (!extra.session) throw new UnauthenticatedError(true);
  return { actor: extra.session.actor, ...traceOf(extra.request.headers) };
}

async function prepare(
  desk: StreamDesk,
  payload: SubscribePayload,
  context: OperationContext,
  open: StreamOpener,
): Promise<Operation> {
  const { document, operation } = readDocument(payload);
  if (!operation) {
    throw streamFault('OPERATION_RESOLUTION_FAILURE', { message: 'There is no such operation in the document.' });
  }
  const { schema } = desk.planner;
  const args = { schema, document, operationName: payload.operationName, contextValue: context, payload };
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return args;
  return { ...args, stream: await open({ document, operation }, payload, context) };
}

async function run(server: GraphqlServer, { payload, contextValue }: Operation): Promise<ExecutionResult> {
  const { query, variables, operationName } = payload;
  const { body } = await server.executeOperation(
    { query, variables: variables ?? undefined, operationName: operationName ?? undefined },
    { contextValue: contextValue as OperationContext },
  );
  if (body.kind === 'incremental') throw new Error('incremental delivery is not offered');
  return body.singleResult as ExecutionResult;
}

/** What a refused operation tells its caller: always GraphQL errors, since anything thrown would end the whole socket. */
export function asErrors(error: unknown, report: (error: unknown) => void): readonly GraphQLError[] {
  if (error instanceof StreamRefusal) return error.errors;
  if (error instanceof GraphQLError) return [error];
  if (error instanceof UnauthenticatedError)
    return [new GraphQLError(error.message, { extensions: { code: error.code } })];
  report(error);
  return [new GraphQLError('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR' } })];
}

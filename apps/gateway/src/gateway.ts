import type { GraphQLDataSource } from '@apollo/gateway';
import { fastify, LogController, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { graphqlRoutes } from './federation/graphql-routes.js';
import { startGraphqlServer } from './federation/graphql-server.js';
import { SubgraphClient } from './federation/subgraph-client.js';
import { SubgraphDataSource } from './federation/subgraph-data-source.js';
import { loadSupergraph } from './federation/supergraph.js';
import { healthRoutes, type Readiness } from './health/health-routes.js';
import { ideRoutes } from './ide/ide-routes.js';
import { createTokenVerifier } from './identity/token-verifier.js';
import { LIMITS, type Limits } from './limits.js';
import { readPublicPaths } from './public-door/public-owner.js';
import { publicRoutes } from './public-door/public-routes.js';
import type { GatewaySettings } from './settings.js';
import { eventStreamDoor } from './streams/event-stream-door.js';
import { EventStream } from './streams/event-stream.js';
import { Seats } from './streams/seats.js';
import { openSocketDoor } from './streams/socket-door.js';
import { StreamCursors } from './streams/stream-cursor.js';
import { StreamPlanner } from './streams/stream-planner.js';
import { UnansweredSource } from './streams/unanswered-source.js';

/** A running gateway. */
export interface Gateway {
  /** `http://host:port` */
  readonly url: string;
  /** Settles with the cause when it can be of no use any more and must be started anew: the broker closed the connection for good, or is refused. */
  readonly broken: Promise<unknown>;
  /** Takes readiness away, lets requests under way finish, closes every door and connection. */
  close(): Promise<void>;
}

/** Starts the gateway. Subgraphs and the event stream may still be down; the supergraph and the issuer's keys must be there. */
export async function startGateway(settings: GatewaySettings, log: Logger, limits: Limits = LIMITS): Promise<Gateway> {
  const readiness: Readiness = { started: false, broker: false, draining: false };
  const { sdl, supergraph, targets } = await loadSupergraph(settings);
  const verify = await createTokenVerifier(settings);
  const clients = new Map(targets.map((target) => [target.name, new SubgraphClient(target, limits)]));
  const sources: Record<string, GraphQLDataSource> = Object.fromEntries(
    [...clients].map(([name, client]) => [name, new SubgraphDataSource(client, log)]),
  );
  const server = await startGraphqlServer({
    supergraphSdl: sdl,
    sourceOf: (name) => sources[name] ?? new UnansweredSource(),
    production: settings.production,
    log,
  });
  const stream = new EventStream({ url: settings.natsUrl, rules: settings.brokerRules, readiness, log });
  const planner = new StreamPlanner(supergraph, limits.streamPlans);
  const cursors = new StreamCursors(settings.cursorKey);
  const actorSeats = new Seats<string>(limits.actorSubscriptions);
  const desk = { planner, sources, stream, cursors, actorSeats, limits, log };

  const http = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  });
  const eventStreams = eventStreamDoor(desk);
  http.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'NOT_FOUND' }));
  await http.register(scope(healthRoutes(readiness)));
  await http.register(scope(publicRoutes({ paths: readPublicPaths(), clients, bodyLimit: limits.publicBodyBytes })));
  if (!settings.production) await http.register(scope(ideRoutes()));
  await http.register(
    scope(graphqlRoutes({ server, verify, bodyLimit: limits.graphqlBodyBytes, openStream: eventStreams.handle })),
  );
  const url = await http.listen({ host: settings.host, port: settings.port });
  const sockets = openSocketDoor({ http: http.server, desk, server, verify });
  readiness.started = true;

  return {
    url,
    broken: stream.lost,
    close: async () => {
      readiness.draining = true;
      sockets.close();
      eventStreams.close();
      const force = setTimeout(() => http.server.closeAllConnections(), limits.drainMs);
      await http.close().finally(() => clearTimeout(force));
      await server.stop();
      await Promise.all([...clients.values()].map((client) => client.close()));
      await stream.close();
    },
  };
}

/** Fastify's plugins are asynchronous; ours only register routes, each in a scope of its own. */
function scope(routes: (scope: FastifyInstance) => void): (scope: FastifyInstance) => Promise<void> {
  return (instance) => Promise.resolve(routes(instance));
}

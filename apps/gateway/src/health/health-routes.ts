import type { FastifyInstance } from 'fastify';

/** What readiness is made of. */
export interface Readiness {
  /** Set once the supergraph is loaded and the doors are open. */
  started: boolean;
  /** Set while the connection to the event stream stands. */
  broker: boolean;
  /** Set when the process was asked to end. */
  draining: boolean;
}

/**
 * `/health/live`: the event loop turns. `/health/started`: the supergraph was loaded, once and for all. `/health/ready`:
 * send traffic here (200) or elsewhere (503 with what is missing).
 */
export function healthRoutes(readiness: Readiness): (scope: FastifyInstance) => void {
  return (scope) => {
    scope.get('/health/live', () => ({ status: 'live' }));
    scope.get('/health/started', (_request, reply) =>
      readiness.started ? { status: 'started' } : reply.code(503).send({ status: 'starting' }),
    );
    scope.get('/health/ready', (_request, reply) => {
      const ready = readiness.started && readiness.broker && !readiness.draining;
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', ...readiness });
    });
  };
}

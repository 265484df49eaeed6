import type { FastifyInstance } from 'fastify';

/** What a probe found: every part by name, and whether all are well. */
export interface Probe {
  readonly ok: boolean;
  readonly parts: Readonly<Record<string, boolean>>;
}

/** Three questions with three meanings. */
export interface HealthChecks {
  /** Has the start finished: schema migrated, graph built, consumers reading? Asked until it says yes. */
  readonly started: () => Probe;
  /** Should requests come here now: database and broker reachable, not draining? A "no" takes it out of rotation. */
  readonly ready: () => Promise<Probe>;
}

/** Serves `/health/live` (the event loop turns; never looks at the database), `/health/ready` and `/health/started`. */
export function serveHealth(fastify: FastifyInstance, checks: HealthChecks): void {
  fastify.get('/health/live', (_request, reply) => reply.send({ ok: true }));
  fastify.get('/health/started', (_request, reply) => {
    const probe = checks.started();
    return reply.code(probe.ok ? 200 : 503).send(probe);
  });
  fastify.get('/health/ready', async (_request, reply) => {
    const probe = await checks.ready();
    return reply.code(probe.ok ? 200 : 503).send(probe);
  });
}

/** A probe over named parts. */
export function probe(parts: Readonly<Record<string, boolean>>): Probe {
  return { ok: Object.values(parts).every(Boolean), parts };
}

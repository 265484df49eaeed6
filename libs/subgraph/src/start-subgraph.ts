import { brokerRules } from '@graphdesk/contracts';
import { appDataSource, DatabaseClock, enginePool, TenantDatabase } from '@graphdesk/database';
import type { Clock } from '@graphdesk/decisions';
import { connectBroker, DeadLetters, Messaging, Outbox, type Broker } from '@graphdesk/messaging';
import { TimerEngine } from '@graphdesk/timers';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { readSettings, type SubgraphSettings } from './config.js';
import { answers, connectDatabase } from './connect-database.js';
import { probe, serveHealth } from './health.js';
import { createLogger } from './logger.js';
import { Shutdown } from './shutdown.js';
import { buildApp, type SubgraphDefinition } from './subgraph-app.js';

/** A service that runs. */
export interface RunningSubgraph {
  /** Where it listens, such as `http://127.0.0.1:4102`. */
  readonly url: string;
  /** The application, for tests that hand events to reactions or call use cases. */
  readonly app: NestFastifyApplication;
  readonly settings: SubgraphSettings;
  /** Settles when it can be of no use any more and must be started anew: the broker closed the connection for good. */
  readonly broken: Promise<void>;
  /** Not ready at once; then finishes requests, events and publishing, in that order, and closes every connection. */
  stop(): Promise<void>;
}

/** How long each part may take to end, in milliseconds: requests under way, events under way, connections. */
const REQUESTS_MS = 4_000;
const EVENTS_MS = 1_500;
const CONNECTIONS_MS = 500;

/**
 * Starts a service: settings, schema, connections, graph, events, port. Waits for Postgres and NATS as long as it takes. When
 * anything else fails, closes what it had opened and rejects.
 */
export async function startSubgraph(
  definition: SubgraphDefinition,
  environment: NodeJS.ProcessEnv = process.env,
  overrides: { readonly clock?: Clock } = {},
): Promise<RunningSubgraph> {
  const settings = readSettings(environment);
  definition.checkSettings?.(environment);
  const logger = createLogger(definition.name, settings.LOG_LEVEL);
  const shutdown = new Shutdown(logger);
  try {
    return await start(definition, settings, overrides.clock, logger, shutdown);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function start(
  definition: SubgraphDefinition,
  settings: SubgraphSettings,
  givenClock: Clock | undefined,
  logger: Logger,
  shutdown: Shutdown,
): Promise<RunningSubgraph> {
  const { name, records } = definition;
  const dataSource = appDataSource({
    url: settings.DATABASE_URL,
    schema: name,
    records,
    poolSize: settings.DATABASE_POOL,
    prepare: settings.DATABASE_PREPARE === 'true',
  });
  shutdown.before('database', CONNECTIONS_MS, async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
  });
  const engine = enginePool({
    url: settings.ENGINE_DATABASE_URL,
    schema: name,
    prepare: settings.DATABASE_PREPARE === 'true',
  });
  shutdown.before('engine', CONNECTIONS_MS, () => engine.end());
  await connectDatabase(definition, settings.OWNER_DATABASE_URL, dataSource, logger);
  const clock = givenClock ?? (await runningClock(engine, shutdown));
  const broker = await connectBroker({
    url: settings.NATS_URL,
    name,
    rules: brokerRules(settings, settings.NODE_ENV === 'production'),
    warn: (warning) => logger.warn(warning),
  });
  shutdown.before('broker', CONNECTIONS_MS, () => broker.connection.close());

  const app = await buildApp(definition, { dataSource, engine, clock, logger, envelopeKeys: settings.ENVELOPE_KEYS });
  let stopEvents = (): Promise<void> => Promise.resolve();
  shutdown.before('events', EVENTS_MS, () => stopEvents());
  shutdown.before('requests', REQUESTS_MS, () => app.close());
  const state = { started: false, draining: false };
  answerHealth(app, state, broker, engine);
  await app.init();
  const messaging = new Messaging({
    service: name,
    database: app.get(TenantDatabase),
    outbox: app.get(Outbox),
    engine,
    broker,
    reactions: definition.reactions.flatMap((reacts) => app.get(reacts).reactions),
    logger,
    deadLetters: app.get(DeadLetters),
  });
  const handlers = (definition.timers ?? []).flatMap((handles) => app.get(handles).timers);
  const timers = new TimerEngine(app.get(TenantDatabase), engine, handlers, logger);
  stopEvents = async () => {
    await timers.stop();
    await Promise.all([messaging.stop(), timers.followed()]);
  };
  messaging.start();
  if (handlers.length > 0) timers.start();
  await app.listen(settings.PORT, settings.HOST);
  state.started = true;
  const url = await app.getUrl();
  logger.info({ url, natsServer: broker.connection.info?.version }, 'listening');

  const stop = (): Promise<void> => {
    state.draining = true;
    return shutdown.run();
  };
  const broken = new Promise<void>((resolve) => {
    void broker.connection.closed().then(() => {
      if (!state.draining) resolve();
    });
  });
  return { url, app, settings, broken, stop };
}

/** A service's time is its database's, which also decides what is due. */
async function runningClock(engine: Pool, shutdown: Shutdown): Promise<Clock> {
  const clock = await DatabaseClock.start(engine);
  shutdown.before('clock', CONNECTIONS_MS, () => Promise.resolve(clock.stop()));
  return clock;
}

function answerHealth(
  app: NestFastifyApplication,
  state: { readonly started: boolean; readonly draining: boolean },
  broker: Broker,
  engine: Pool,
): void {
  const fastify = app.getHttpAdapter().getInstance();
  serveHealth(fastify, {
    started: () => probe({ started: state.started }),
    ready: async () =>
      probe({
        notDraining: !state.draining,
        started: state.started,
        broker: broker.isConnected(),
        database: await answers(engine),
      }),
  });
  // A connection that stays open after its last answer would hold the end up.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (state.draining) void reply.header('connection', 'close');
    done(null, payload);
  });
}

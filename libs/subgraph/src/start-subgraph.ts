import { appDataSource, enginePool, migrate, TenantDatabase } from '@graphdesk/database';
import { systemClock, type Clock } from '@graphdesk/decisions';
import { connectBroker, Messaging, Outbox } from '@graphdesk/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { readSettings, type SubgraphSettings } from './config.js';
import { probe, serveHealth } from './health.js';
import { createLogger } from './logger.js';
import { buildApp, type SubgraphDefinition } from './subgraph-app.js';

/** A service that runs. */
export interface RunningSubgraph {
  /** Where it listens, such as `http://127.0.0.1:4102`. */
  readonly url: string;
  /** The application, for tests that hand events to reactions or call use cases. */
  readonly app: NestFastifyApplication;
  readonly settings: SubgraphSettings;
  /** Not ready at once; then finishes requests, events and publishing, in that order, and closes every connection. */
  stop(): Promise<void>;
}

/** How often a start tries again while Postgres is not there, in milliseconds. */
const RETRY_MS = 500;

/** Starts a service: settings, schema, connections, graph, events, port. Waits for Postgres and NATS as long as it takes. */
export async function startSubgraph(
  definition: SubgraphDefinition,
  environment: NodeJS.ProcessEnv = process.env,
  overrides: { readonly clock?: Clock } = {},
): Promise<RunningSubgraph> {
  const settings = readSettings(environment);
  const { name } = definition;
  const logger = createLogger(name, settings.LOG_LEVEL);

  const dataSource = appDataSource({
    url: settings.DATABASE_URL,
    schema: name,
    records: definition.records,
    poolSize: settings.DATABASE_POOL,
  });
  const engine = enginePool({ url: settings.ENGINE_DATABASE_URL, schema: name });
  const state = { started: false, draining: false };
  const clock = overrides.clock ?? systemClock;
  const app = await buildApp(definition, { dataSource, engine, clock, logger, envelopeKeys: settings.ENVELOPE_KEYS });

  const [broker] = await Promise.all([
    connectBroker({ url: settings.NATS_URL, name }),
    connectDatabase(definition, settings, dataSource, logger),
  ]);
  serveHealth(app.getHttpAdapter().getInstance(), {
    started: () => probe({ started: state.started }),
    ready: async () =>
      probe({
        notDraining: !state.draining,
        started: state.started,
        broker: broker.isConnected(),
        database: await answers(engine),
      }),
  });
  await app.init();
  const messaging = new Messaging({
    service: name,
    database: app.get(TenantDatabase),
    outbox: app.get(Outbox),
    engine,
    broker,
    reactions: definition.reactions.flatMap((reacts) => app.get(reacts).reactions),
    logger,
  });
  messaging.start();
  await app.listen(settings.PORT, settings.HOST);
  state.started = true;
  const url = await app.getUrl();
  logger.info({ url, natsServer: broker.connection.info?.version }, 'listening');

  const stop = async (): Promise<void> => {
    state.draining = true;
    await app.close();
    await messaging.stop();
    await Promise.allSettled([broker.connection.close(), engine.end(), dataSource.destroy()]);
  };
  return { url, app, settings, stop };
}

async function connectDatabase(
  definition: SubgraphDefinition,
  settings: SubgraphSettings,
  dataSource: DataSource,
  logger: Logger,
): Promise<void> {
  for (let waited = 0; ; waited += RETRY_MS) {
    try {
      if (settings.OWNER_DATABASE_URL) await migrateSchema(definition, settings.OWNER_DATABASE_URL, logger);
      await dataSource.initialize();
      return;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (waited % 5_000 === 0) logger.warn({ err: error }, 'Postgres is not reachable; waiting');
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Brings the schema up to date under the owner role; also the command `migrate`. */
export async function migrateSchema(definition: SubgraphDefinition, url: string, logger: Logger): Promise<void> {
  const applied = await migrate({ url, schema: definition.name, migrations: definition.migrations });
  if (applied.length > 0) logger.info({ applied }, 'migrated');
}

function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', '57P03'].includes(code);
}

async function answers(engine: Pool): Promise<boolean> {
  try {
    await engine.query('SELECT 1');
    return true;
  } catch {
    return false;
  }
}

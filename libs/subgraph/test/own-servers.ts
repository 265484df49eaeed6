import { randomBytes } from 'node:crypto';
import {
  provisionService,
  startNats,
  startPostgres,
  type NatsServer,
  type PostgresServer,
  type ServiceDatabase,
} from '@graphdesk/testing';
import pg from 'pg';
import { startSubgraph, type RunningSubgraph, type SubgraphDefinition } from '../src/index.js';
import { notebook } from './notebook.js';

/** The settings of a service over these roles and this broker. */
export function environmentOf(roles: ServiceDatabase, natsUrl: string): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: roles.appUrl,
    ENGINE_DATABASE_URL: roles.engineUrl,
    OWNER_DATABASE_URL: roles.ownerUrl,
    NATS_URL: natsUrl,
    ENVELOPE_KEYS: `test:${randomBytes(32).toString('base64')}`,
  };
}

/** A notebook over servers that nobody else uses, so that a spec may stop them. */
export async function startNotebook(definition: SubgraphDefinition = notebook): Promise<{
  readonly postgres: PostgresServer;
  readonly nats: NatsServer;
  readonly environment: NodeJS.ProcessEnv;
  readonly service: RunningSubgraph;
}> {
  const [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  const environment = environmentOf(await provisionService(postgres.url, definition.name), nats.url);
  return { postgres, nats, environment, service: await startSubgraph(definition, environment) };
}

/** One statement on a connection of its own. */
export async function query(url: string | undefined, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

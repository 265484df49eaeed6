import { randomBytes } from 'node:crypto';

import {
  ensureDatabase,
  provisionService as provision,
  withClient,
} from '../../../tools/environment/provision-database.mjs';
import { startThrowAwayPostgres } from '../../../tools/environment/test-postgres.mjs';

/** A Postgres server of one's own, for specs that stop or freeze it. */
export interface PostgresServer {
  /** Superuser, database `postgres`. */
  url: string;
  /** Ends it in good order and removes its data. */
  stop(): Promise<void>;
  /** Freezes it: connections hang, as with a dead network. */
  pause(): void;
  /** Ends the freeze. */
  resume(): void;
}

/** Runs one statement and returns its rows. */
export type Sql = <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** An empty database for one spec. */
export interface TestDatabase {
  /** Superuser. */
  url: string;
  /** SQL as superuser: sees through row-level security. */
  sql: Sql;
  /** Removes it, ending sessions that are still open. */
  drop(): Promise<void>;
}

/** URLs of one service's three roles. */
export interface ServiceDatabase {
  /** Runs migrations, owns the schema. */
  ownerUrl: string;
  /** Serves requests and reactions, under row-level security. */
  appUrl: string;
  /** Relays events and keeps consumers' books. */
  engineUrl: string;
}

/** Starts a throw-away server; most specs want `createDatabase` instead, which shares the run's one server. */
export async function startPostgres(): Promise<PostgresServer> {
  const server = await startThrowAwayPostgres();
  return {
    url: server.url,
    stop: () => server.stop(),
    pause: () => server.program.freeze(true),
    resume: () => server.program.freeze(false),
  };
}

/**
 * Creates an empty database on the run's Postgres server. The project's jest.config.mjs must ask for that server:
 * `project('incidents', { postgres: true })`.
 * @param name helps to recognise it; a random ending keeps names apart
 */
export async function createDatabase(name = 'spec'): Promise<TestDatabase> {
  const server = process.env.GRAPHDESK_TEST_POSTGRES;
  if (!server)
    throw new Error("no test Postgres: say project('...', { postgres: true }) in this project's jest.config.mjs");
  const unique = `${name}_${randomBytes(6).toString('hex')}`;
  const url = await ensureDatabase(server, unique);
  return {
    url,
    sql: <Row>(text: string, values: readonly unknown[] = []) =>
      withClient(url, async (client) => (await client.query(text, [...values])).rows as Row[]),
    drop: () =>
      withClient(server, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(unique)} WITH (FORCE)`);
      }),
  };
}

/**
 * Creates a service's schema and roles in a database, exactly as `npm start` does.
 * @param superuserUrl a `TestDatabase`'s url
 */
export async function provisionService(superuserUrl: string, service: string): Promise<ServiceDatabase> {
  return provision(superuserUrl, service);
}

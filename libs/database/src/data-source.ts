import 'reflect-metadata';
import { PreparingClient } from './preparing-client.js';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';

/** A TypeORM row class. */
export type RecordClass = (new () => object) | EntitySchema;

/** A migration class; `name` ends in 13 digits that order it. */
export type MigrationClass = new () => MigrationInterface;

/** Statements and lock waits are bounded, in milliseconds: a request that would take longer fails and rolls back. */
export const STATEMENT_TIMEOUT_MS = 5_000;
export const LOCK_TIMEOUT_MS = 2_000;

const sessionOptions = (schema: string, bounded: boolean): string =>
  [
    `-c search_path=${schema},pg_catalog`,
    ...(bounded ? [`-c statement_timeout=${STATEMENT_TIMEOUT_MS}`, `-c lock_timeout=${LOCK_TIMEOUT_MS}`] : []),
    '-c idle_in_transaction_session_timeout=30000',
    '-c timezone=UTC',
  ].join(' ');

/** The app role's data source, not yet connected. `poolSize` connections at most. */
export function appDataSource(options: {
  url: string;
  schema: string;
  records: readonly RecordClass[];
  poolSize: number;
  /** Whether statements are prepared; default true. */
  prepare?: boolean;
}): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    entities: [...options.records],
    poolSize: options.poolSize,
    installExtensions: false,
    connectTimeoutMS: 5_000,
    applicationName: `${options.schema}-app`,
    extra: {
      options: sessionOptions(options.schema, true),
      keepAlive: true,
      ...(options.prepare !== false && { Client: PreparingClient }),
    },
  });
}

/** The owner's data source, for migrations alone: one connection, no time limits. */
export function ownerDataSource(options: {
  url: string;
  schema: string;
  migrations: readonly MigrationClass[];
}): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    migrations: [...options.migrations],
    migrationsTableName: 'migration',
    poolSize: 1,
    installExtensions: false,
    connectTimeoutMS: 5_000,
    applicationName: `${options.schema}-owner`,
    extra: { options: sessionOptions(options.schema, false) },
  });
}

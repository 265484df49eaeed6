import pg from 'pg';
import { PreparingClient } from './preparing-client.js';
import { LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS } from './data-source.js';

/** The engine role's small pool: relay, consumer bookkeeping and source look-up, across tenants. */
export function enginePool(options: {
  url: string;
  schema: string;
  poolSize?: number;
  /** Whether statements are prepared; default true. */
  prepare?: boolean;
}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    ...(options.prepare !== false && { Client: PreparingClient }),
    max: options.poolSize ?? 3,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // A server that hangs enforces no limit of its own; the connection is then given up for a new one.
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    application_name: `${options.schema}-engine`,
    keepAlive: true,
    options: [
      `-c search_path=${options.schema},pg_catalog`,
      `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
      `-c lock_timeout=${LOCK_TIMEOUT_MS}`,
      '-c timezone=UTC',
    ].join(' '),
  });
  // An idle connection that the server ends is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

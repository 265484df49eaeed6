import { join } from 'node:path';

import { rolePassword } from './secrets.mjs';

/**
 * @typedef {object} ProvidedPostgres
 * @property {string} url a user who may create roles and schemas, and the database of all services
 * @property {Record<string, import('./provision-database.mjs').ServiceDatabase>} services
 * @property {() => import('./child-process.mjs').RunningProgram | undefined} program when it is ours
 * @property {() => Promise<void>} start starts our own again, on the same port with the same data
 */

/**
 * Provides Postgres (DATABASE_URL, else a server of our own in the data folder) with a schema and three roles per service.
 * @param {{ dataDir: string, services: string[], secrets: import('./secrets.mjs').Secrets, env: NodeJS.ProcessEnv, port?: number, onStarted: (program: import('./child-process.mjs').RunningProgram) => void }} options
 *   `onStarted` hears of our own server as soon as it runs
 * @returns {Promise<ProvidedPostgres>}
 */
export async function providePostgres({ dataDir, services, secrets, env, port, onStarted }) {
  const { ensureDatabase, provisionService, withClient } = await import('./provision-database.mjs');
  let url = env.DATABASE_URL;
  /** @type {Awaited<ReturnType<typeof import('./postgres.mjs').startPostgres>> | undefined} */
  let server;
  const startOwn = async (/** @type {number | undefined} */ onPort) => {
    const { startPostgres } = await import('./postgres.mjs');
    server = await startPostgres({ home: join(dataDir, 'postgres'), password: secrets.postgres, port: onPort });
    onStarted(server.program);
    return server;
  };
  if (url) {
    await withClient(url, (client) => client.query('SELECT 1')).catch((/** @type {Error} */ error) => {
      throw new Error(`Postgres does not answer at DATABASE_URL (${withoutPassword(url ?? '')}): ${error.message}`);
    });
  } else {
    url = await ensureDatabase((await startOwn(port)).url, 'graphdesk');
  }
  const database = url;
  const passwordOf = (/** @type {string} */ role) => rolePassword(secrets, role);
  const provisioned = await Promise.all(
    services.map(async (name) => [name, await provisionService(database, schemaOf(name), { passwordOf })]),
  );
  const start = async () => {
    if (!server) throw new Error('this Postgres server is not ours to start');
    if (!server.program.isRunning()) await startOwn(Number(new URL(database).port));
  };
  return { url, services: Object.fromEntries(provisioned), program: () => server?.program, start };
}

/**
 * A service's schema is its name, in the letters Postgres needs no quotes for.
 * @param {string} service
 */
export function schemaOf(service) {
  return service.replaceAll('-', '_');
}

/** @param {string} text */
function withoutPassword(text) {
  const url = new URL(text);
  url.password = '';
  return url.href;
}

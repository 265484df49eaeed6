import { join } from 'node:path';

import { rolePassword } from './secrets.mjs';

/**
 * @typedef {object} ProvidedPostgres
 * @property {string} url a user who may create roles and schemas, and the database of all services
 * @property {Record<string, import('./provision-database.mjs').ServiceDatabase>} services
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
  if (url) {
    await withClient(url, (client) => client.query('SELECT 1')).catch((/** @type {Error} */ error) => {
      throw new Error(`Postgres does not answer at DATABASE_URL (${withoutPassword(url ?? '')}): ${error.message}`);
    });
  } else {
    const { startPostgres } = await import('./postgres.mjs');
    const server = await startPostgres({ home: join(dataDir, 'postgres'), password: secrets.postgres, port });
    onStarted(server.program);
    url = await ensureDatabase(server.url, 'graphdesk');
  }
  const database = url;
  const passwordOf = (/** @type {string} */ role) => rolePassword(secrets, role);
  const provisioned = await Promise.all(
    services.map(async (name) => [name, await provisionService(database, schemaOf(name), { passwordOf })]),
  );
  return { url, services: Object.fromEntries(provisioned) };
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

import { rmSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import { giveLockBack, takeLock } from './lock.mjs';
import { listServices } from './process-list.mjs';
import { schemaOf } from './provide-postgres.mjs';

/** What a reset keeps: fetched programs, and locks others may hold. */
const KEPT = new Set(['cache', 'launcher.lock', 'install.lock', 'build.lock']);

/**
 * Removes all data, secrets and logs of an installation, also from servers given by DATABASE_URL and NATS_URL (there: the
 * services' schemas and the event stream, nothing else).
 * @param {string} root
 * @param {string} dataDir
 * @returns {Promise<void>}
 */
export async function resetInstallation(root, dataDir) {
  const lock = join(dataDir, 'launcher.lock');
  const holder = takeLock(lock);
  if (holder !== undefined) throw new Error(`Graphdesk runs on ${dataDir}: stop process ${holder} before a reset.`);
  try {
    const { postgresHomes } = await import('./postgres-place.mjs');
    for (const home of postgresHomes(join(dataDir, 'postgres'))) rmSync(home, { recursive: true, force: true });
    for (const name of existsSync(dataDir) ? readdirSync(dataDir) : []) {
      if (!KEPT.has(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
    }
    if (process.env.DATABASE_URL) await dropSchemas(process.env.DATABASE_URL, root);
    if (process.env.NATS_URL) await deleteStream(process.env.NATS_URL);
  } finally {
    giveLockBack(lock);
  }
}

/**
 * @param {string} url
 * @param {string} root
 */
async function dropSchemas(url, root) {
  const { withClient } = await import('./provision-database.mjs');
  await withClient(url, async (client) => {
    for (const { name } of listServices(root)) await client.query(`DROP SCHEMA IF EXISTS ${schemaOf(name)} CASCADE`);
  });
}

/** @param {string} servers */
async function deleteStream(servers) {
  const { connect } = await import('@nats-io/transport-node');
  const { jetstreamManager } = await import('@nats-io/jetstream');
  const connection = await connect({ servers });
  try {
    const streams = (await jetstreamManager(connection)).streams;
    for await (const name of streams.names('gd.>')) await streams.delete(name);
  } finally {
    await connection.close();
  }
}

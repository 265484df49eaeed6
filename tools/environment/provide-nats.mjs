import { join } from 'node:path';

import { natsAnswers, startNatsServer } from './nats.mjs';

/**
 * @typedef {object} ProvidedNats
 * @property {string} url
 * @property {() => import('./child-process.mjs').RunningProgram | undefined} program when it is ours
 * @property {() => Promise<void>} start starts our own again, on the same port with the same streams
 */

/**
 * Provides NATS: NATS_URL, else a server of our own in the data folder.
 * @param {{ dataDir: string, cache: string, env: NodeJS.ProcessEnv, port?: number }} options
 * @returns {Promise<ProvidedNats>}
 */
export async function provideNats({ dataDir, cache, env, port }) {
  if (env.NATS_URL) {
    const { hostname, port: serverPort } = new URL(/** @type {string} */ (env.NATS_URL.split(',')[0]));
    if (!(await natsAnswers(Number(serverPort || 4222), hostname))) {
      throw new Error(`NATS does not answer at NATS_URL (${hostname}:${serverPort || 4222})`);
    }
    const notOurs = async () => {
      throw new Error('this NATS server is not ours to start');
    };
    return { url: env.NATS_URL, program: () => undefined, start: notOurs };
  }
  const storeDir = join(dataDir, 'nats');
  let server = await startNatsServer({ storeDir, cache, port });
  return {
    url: server.url,
    program: () => server.program,
    start: async () => {
      if (!server.program.isRunning()) server = await startNatsServer({ storeDir, cache, port: server.port });
    },
  };
}

import { createServer } from 'node:net';

/**
 * Tells whether a TCP port can be listened on right now.
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<boolean>}
 */
export function isPortFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * A TCP port nobody listens on. It lies below the range from which systems take ports for outgoing connections, so that
 * nothing grabs it between this call and its use; two callers at the same instant are kept apart by chance.
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    if (await isPortFree(port)) return port;
  }
  throw new Error('no free port found between 15000 and 32000 in 100 tries');
}

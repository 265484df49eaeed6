// The mail server of a development system: it takes every mail, sends none on, and keeps each as a file to look at.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { SMTPServer } from 'smtp-server';

/** Time for connections to end by themselves, in milliseconds. */
const CLOSE_MS = 500;

/**
 * Listens on 127.0.0.1, on a free port.
 * @param {string} folder gets one `.eml` file per mail, named by when it came
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function catchMail(folder) {
  mkdirSync(folder, { recursive: true });
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: CLOSE_MS,
    onData: (stream, _session, answer) => {
      const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${(count += 1)}.eml`);
      buffer(stream)
        .then((mail) => writeFileSync(file, mail, { mode: 0o600 }))
        .then(() => answer(), answer);
    },
  });
  server.on('error', () => undefined); // a client that went away in the middle of a mail
  await new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.server.address());
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { startProgram, untilReady } from './child-process.mjs';
import { debianProgram } from './debian-package.mjs';
import { freePort } from './free-port.mjs';

const HOW_TO_GET_IT = `NATS is needed and nats-server was not found. Any one of these helps:
  Debian, Ubuntu   apt-get install nats-server
  macOS            brew install nats-server
  Docker           docker run -p 4222:4222 nats:2 -js    and set NATS_URL=nats://127.0.0.1:4222
  elsewhere        put nats-server (2.9.10 or newer) from https://nats.io/download on the PATH`;

/**
 * The nats-server program: on the PATH, else Debian's package unpacked into `cache`.
 * @param {string} cache
 * @returns {Promise<string>}
 */
export async function natsServerProgram(cache) {
  if (spawnSync('nats-server', ['--version']).status === 0) return 'nats-server';
  return debianProgram({ package: 'nats-server', program: 'usr/sbin/nats-server', cache, howToGetIt: HOW_TO_GET_IT });
}

/**
 * Starts nats-server with JetStream on 127.0.0.1.
 * @param {{ storeDir: string, cache: string, port?: number }} options streams live in `storeDir` and survive; `port` defaults to a free one
 * @returns {Promise<{ url: string, port: number, program: import('./child-process.mjs').RunningProgram }>}
 */
export async function startNatsServer({ storeDir, cache, port }) {
  mkdirSync(storeDir, { recursive: true });
  const command = await natsServerProgram(cache);
  const serverPort = port ?? (await freePort());
  const program = startProgram({
    name: 'nats-server',
    command,
    args: ['-a', '127.0.0.1', '-p', String(serverPort), '-js', '-sd', storeDir],
    logFile: join(storeDir, 'nats-server.log'),
  });
  await untilReady(program, () => natsAnswers(serverPort));
  return { url: `nats://127.0.0.1:${serverPort}`, port: serverPort, program };
}

/**
 * Whether a NATS server listens there: it says INFO to every new connection.
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<boolean>}
 */
export function natsAnswers(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('INFO'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

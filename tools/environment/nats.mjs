import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
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

/** Programs already found, by the wish: asking one for its version takes a moment. @type {Map<string, string>} */
const found = new Map();

/** The oldest server that the code is written for, and one that production accepts, with the Debian releases that carry them. */
const NAMED = {
  floor: { fits: (/** @type {number} */ version) => version >= 2_009_010 && version < 2_010_000, release: 'bookworm' },
  current: { fits: (/** @type {number} */ version) => version >= 2_010_023, release: 'trixie' },
};

/**
 * The nats-server program. Without a wish: the one on the PATH, else Debian's package unpacked into `cache`. A wish is `floor`
 * (2.9), `current` (2.10.23 or newer) or the path of a program; a named one is taken from the PATH if that fits, else from
 * the Debian release that has it.
 * @param {string} cache
 * @param {string} [wish] default: the setting GRAPHDESK_NATS
 * @returns {Promise<string>}
 */
export async function natsServerProgram(cache, wish = process.env.GRAPHDESK_NATS ?? '') {
  const known = found.get(`${cache} ${wish}`);
  if (known) return known;
  const program = await findProgram(cache, wish);
  found.set(`${cache} ${wish}`, program);
  return program;
}

/**
 * @param {string} cache
 * @param {string} wish
 * @returns {Promise<string>}
 */
async function findProgram(cache, wish) {
  const debian = { package: 'nats-server', program: 'usr/sbin/nats-server', cache, howToGetIt: HOW_TO_GET_IT };
  if (wish === 'floor' || wish === 'current') {
    const { fits, release } = NAMED[wish];
    return fits(natsVersion('nats-server') ?? 0) ? 'nats-server' : debianProgram({ ...debian, release });
  }
  if (wish) {
    if (natsVersion(wish) !== undefined) return wish;
    throw new Error(`GRAPHDESK_NATS is neither floor nor current nor the path of a nats-server: ${wish}`);
  }
  return natsVersion('nats-server') === undefined ? debianProgram(debian) : 'nats-server';
}

/**
 * A server's version as one number (2.10.23 is 2010023), or undefined where there is no such program.
 * @param {string} program
 */
function natsVersion(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const [, major, minor, patch] = /v(\d+)\.(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return status === 0 && major ? Number(major) * 1e6 + Number(minor) * 1e3 + Number(patch) : undefined;
}

/**
 * Starts nats-server with JetStream on 127.0.0.1.
 * @param {{ storeDir: string, cache: string, port?: number, server?: string, config?: string }} options streams live in `storeDir` and survive;
 *   `port` defaults to a free one; `server` as for `natsServerProgram`; `config`: more settings, in the form of its file
 * @returns {Promise<{ url: string, port: number, program: import('./child-process.mjs').RunningProgram }>}
 */
export async function startNatsServer({ storeDir, cache, port, server, config = '' }) {
  mkdirSync(storeDir, { recursive: true });
  const command = await natsServerProgram(cache, server);
  const serverPort = port ?? (await freePort());
  const configFile = join(storeDir, 'nats-server.conf');
  writeFileSync(configFile, config);
  const program = startProgram({
    name: 'nats-server',
    command,
    args: ['-c', configFile, '-a', '127.0.0.1', '-p', String(serverPort), '-js', '-sd', storeDir],
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

import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startProgram, untilReady } from './child-process.mjs';
import { freePort } from './free-port.mjs';
import { giveTo, postgresPlace } from './postgres-place.mjs';
import { waitUntil } from './wait-until.mjs';

/**
 * @typedef {object} PostgresOptions
 * @property {string} home the server's own folder; data in it survive and are used again
 * @property {string} password the superuser's; it takes effect when the data folder is made
 * @property {number} [port] default: a free one
 * @property {boolean} [durable] `false` for throw-away servers: faster, and a power cut may lose data; default true
 *
 * @typedef {object} PostgresServer
 * @property {string} url of the superuser `graphdesk`, database `graphdesk`'s maintenance database `postgres`
 * @property {string} home where the data really are
 * @property {import('./child-process.mjs').RunningProgram} program
 */

/**
 * Starts a Postgres of our own on 127.0.0.1, making its data folder the first time.
 * @param {PostgresOptions} options
 * @returns {Promise<PostgresServer>}
 */
export async function startPostgres({ home: wanted, password, port, durable = true }) {
  const place = postgresPlace(wanted);
  if (!existsSync(join(place.home, 'data'))) initialise(place, password, durable);
  giveTo(join(place.home, 'data'), place.account.uid ?? process.getuid?.());
  await clearOldLock(join(place.home, 'data'));
  const serverPort = port ?? (await freePort());
  const program = startServer(place, serverPort, durable);
  await untilReady(program, () => isReady(join(place.home, 'data'), program.pid));
  const url = `postgresql://graphdesk:${encodeURIComponent(password)}@127.0.0.1:${serverPort}/postgres`;
  return { url, home: place.home, program };
}

/**
 * Makes the data folder beside its final place and moves it there when it is complete.
 * @param {import('./postgres-place.mjs').Place} place
 * @param {string} password
 * @param {boolean} durable
 */
function initialise({ home, account, binaries }, password, durable) {
  const unfinished = join(home, 'data.unfinished');
  const passwordFile = join(home, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined) chownSync(passwordFile, account.uid, account.uid);
  // The locale is built into Postgres: the same order of words on every machine.
  const args = ['-D', unfinished, '-U', 'graphdesk', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin'];
  args.push('--builtin-locale=C.UTF-8', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`);
  if (!durable) args.push('--no-sync');
  const [command = '', ...rest] = [...account.prefix, join(binaries, 'bin', 'initdb'), ...args];
  const { uid } = account;
  const result = spawnSync(command, rest, { uid, gid: uid, cwd: home, env: cleanEnvironment(), encoding: 'utf8' });
  rmSync(passwordFile);
  if (result.status !== 0)
    throw new Error(`initdb failed: ${result.error?.message ?? ''}${result.stdout}${result.stderr}`);
  renameSync(unfinished, join(home, 'data'));
}

/**
 * @param {import('./postgres-place.mjs').Place} place
 * @param {number} port
 * @param {boolean} durable
 */
function startServer({ home, account, binaries }, port, durable) {
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  const args = ['-D', join(home, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
  const [command = '', ...rest] = [...account.prefix, join(binaries, 'bin', 'postgres'), ...args];
  return startProgram({
    name: 'postgres',
    command,
    args: rest,
    logFile: join(home, 'postgres.log'),
    env: cleanEnvironment(),
    cwd: home,
    uid: account.uid,
    stopSignal: 'SIGINT', // ends open sessions at once; SIGTERM would wait for them
  });
}

/**
 * @param {string} data
 * @param {number} pid
 */
function isReady(data, pid) {
  const [owner, , , , , , , status] = lockLines(data);
  return Number(owner) === pid && status?.trim() === 'ready';
}

/** @param {string} data */
function lockLines(data) {
  const file = join(data, 'postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

/**
 * Clears the lock an earlier server left. It may still be stopping because its launcher was killed; after a power cut its
 * process id may by now belong to anything, and Postgres would refuse to start.
 * @param {string} data
 */
async function clearOldLock(data) {
  const pid = Number(lockLines(data)[0]);
  if (!pid || !existsSync(`/proc/${pid}/cmdline`)) return;
  if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data)) return rmSync(join(data, 'postmaster.pid'));
  process.kill(pid, 'SIGINT');
  await waitUntil(() => lockLines(data).length === 0, {
    what: `the Postgres that still runs on ${data} (${pid}) ends`,
  });
}

/** Postgres reads many variables (PGDATA, PGPORT, LC_ALL, ...): none of the caller's may change the server. */
function cleanEnvironment() {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

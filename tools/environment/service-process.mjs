import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { startProgram, untilReady } from './child-process.mjs';

/** A service that is not ready after this time will not become so, even on a slow machine. */
const READY_WITHIN_MS = 120_000;
/** Together with the databases' own stop this stays within the 10 s that Ctrl-C may take. */
const GRACE_MS = 7_000;

/**
 * Stack traces name the source. A small young generation (MiB) keeps seven processes light on a developer's machine: about 30 MB
 * less each, for more frequent, shorter collections.
 */
const NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=4'];

/**
 * @typedef {object} ServiceProcess
 * @property {string} name
 * @property {string} url
 * @property {number} pid of the running process, or of the last one
 * @property {() => boolean} isRunning
 * @property {(extraEnv?: NodeJS.ProcessEnv) => Promise<void>} start starts it when it does not run, with settings on top of its own, and waits until it is ready
 * @property {(signal?: NodeJS.Signals) => Promise<void>} kill ends it (SIGKILL unless told otherwise) and waits for the end
 * @property {() => Promise<void>} stop ends it in good order
 * @property {(signal: NodeJS.Signals) => void} signal
 */

/**
 * One process of the system, not started yet.
 * @param {{ root: string, name: string, port: number, env: NodeJS.ProcessEnv, logDir: string, onDeath: (death: { name: string, how: string, lastLines: string }) => void }} options
 *   `onDeath` hears of an end nobody asked for, once the service was ready
 * @returns {ServiceProcess}
 */
export function serviceProcess({ root, name, port, env, logDir, onDeath }) {
  const main = join(root, 'apps', name, 'dist/main.js');
  const url = `http://127.0.0.1:${port}`;
  /** @type {import('./child-process.mjs').RunningProgram | undefined} */
  let program;
  let endIsWanted = false;

  /** @param {NodeJS.ProcessEnv} [extraEnv] */
  const start = async (extraEnv = {}) => {
    if (program?.isRunning()) return;
    if (!existsSync(main)) throw new Error(`${name} is not built: ${main} is missing. Run: npx nx run-many -t build`);
    endIsWanted = false;
    const args = [...NODE_FLAGS, main];
    const logFile = join(logDir, `${name}.log`);
    const started = startProgram({
      name,
      command: process.execPath,
      args,
      cwd: root,
      env: { ...env, ...extraEnv },
      logFile,
    });
    program = started;
    await untilReady(started, () => isReady(url), READY_WITHIN_MS);
    void started.ended.then((how) => {
      if (!endIsWanted) onDeath({ name, how, lastLines: started.lastLines() });
    });
  };

  return {
    name,
    url,
    get pid() {
      return program?.pid ?? 0;
    },
    isRunning: () => program?.isRunning() ?? false,
    start,
    async kill(signal = 'SIGKILL') {
      endIsWanted = true;
      program?.signal(signal);
      await program?.ended;
    },
    async stop() {
      endIsWanted = true;
      await program?.stop(GRACE_MS);
    },
    signal: (signal) => program?.signal(signal),
  };
}

/** @param {string} url */
async function isReady(url) {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // not listening yet
  }
}

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { waitUntil } from './wait-until.mjs';

/**
 * Takes a lock that lasts as long as this process, or says who has it.
 * @param {string} file
 * @returns {number | undefined} the holder's process id when it is somebody else
 */
export function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(file);
    if (holder !== undefined) return holder;
    rmSync(file, { force: true }); // left behind by a process that was killed
  }
}

/** @param {string} file */
export function giveLockBack(file) {
  rmSync(file, { force: true });
}

/**
 * Runs work while nobody else with the same lock does.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  await waitUntil(() => takeLock(file) === undefined, { timeoutMs: 900_000, everyMs: 200, what: `lock ${file}` });
  try {
    return await work();
  } finally {
    giveLockBack(file);
  }
}

/** @param {string} file */
function holderOf(file) {
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (!pid) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return undefined;
  }
  // After a restart of the machine or container the same number may belong to any other program.
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline') && !readIfThere(commandLine).includes('node')) return undefined;
  return pid;
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

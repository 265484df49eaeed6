// One way to start, watch and stop a program that serves: its output goes to a file (no pipe that could fill up or keep
// this process alive), and the watchdog ends it with this process.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { waitUntil } from './wait-until.mjs';
import { guardProcess, releaseProcess } from './watchdog.mjs';

/**
 * @typedef {object} Program
 * @property {string} name how messages call it
 * @property {string} command
 * @property {string[]} args
 * @property {string} logFile its output is appended here
 * @property {NodeJS.ProcessEnv} [env] the whole environment; default: this process's
 * @property {string} [cwd]
 * @property {number} [uid] the account to run as (root only)
 * @property {NodeJS.Signals} [stopSignal] what ends it in good order; default SIGTERM
 *
 * @typedef {object} RunningProgram
 * @property {string} name
 * @property {number} pid
 * @property {Promise<string>} ended how it ended, in words: `exit code 1`, `signal SIGKILL`
 * @property {() => boolean} isRunning
 * @property {(lines?: number) => string} lastLines the end of its output
 * @property {(signal: NodeJS.Signals) => void} signal
 * @property {(frozen: boolean) => void} freeze stops or wakes it with all its children, those in other process groups too
 * @property {(graceMs?: number) => Promise<void>} stop asks it to end, and kills it when it has not after `graceMs`
 */

/**
 * @param {Program} program
 * @returns {RunningProgram}
 */
export function startProgram({ name, command, args, logFile, env = process.env, cwd, uid, stopSignal = 'SIGTERM' }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  // Detached: Ctrl-C must reach the launcher only, which then stops its programs in order.
  const child = spawn(command, args, { env, cwd, uid, gid: uid, stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const pid = child.pid ?? 0;
  if (pid) guardProcess(pid, stopSignal);

  let running = pid > 0;
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    /** @param {string} how */
    const end = (how) => {
      running = false;
      releaseProcess(pid);
      resolve(how);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
  });

  /** @param {NodeJS.Signals} signal */
  const send = (signal) => {
    if (!running) return;
    try {
      process.kill(-pid, signal); // detached made it the head of a process group: its children get the signal too
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error; // it ended just now
    }
  };

  return {
    name,
    pid,
    ended,
    isRunning: () => running,
    lastLines: (lines = 15) => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'),
    signal: send,
    freeze: (frozen) => freeze(pid, frozen),
    async stop(graceMs = 8_000) {
      send(stopSignal);
      if (running) freeze(pid, false); // a frozen program would never see the signal above
      const timer = setTimeout(() => send('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Asks until the program answers that it is ready. When it ends first, the error carries its last words; when it does not
 * get ready in time, it is stopped.
 * @param {RunningProgram} program
 * @param {() => boolean | Promise<boolean>} isReady
 * @param {number} [timeoutMs]
 * @returns {Promise<void>}
 */
export async function untilReady(program, isReady, timeoutMs = 60_000) {
  try {
    await waitUntil(async () => !program.isRunning() || isReady(), { timeoutMs, what: `${program.name} is ready` });
  } catch (error) {
    await program.stop();
    throw error;
  }
  if (program.isRunning()) return;
  throw new Error(`${program.name} ended (${await program.ended}). Its last lines:\n${program.lastLines()}`);
}

/**
 * Runs a program that does one thing and ends; its failure is an error with its last lines.
 * @param {Program} program
 * @returns {Promise<void>}
 */
export async function runToEnd(program) {
  const running = startProgram(program);
  const how = await running.ended;
  if (how === 'exit code 0') return;
  throw new Error(
    `${program.name} failed (${how}). Its last lines (all: ${program.logFile}):\n${running.lastLines(30)}`,
  );
}

/**
 * @param {number} pid
 * @param {boolean} frozen
 */
function freeze(pid, frozen) {
  for (const each of [pid, ...descendants(pid)]) {
    try {
      process.kill(each, frozen ? 'SIGSTOP' : 'SIGCONT');
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error; // it ended just now
    }
  }
}

/**
 * The processes under one, where the system tells (Linux).
 * @param {number} pid
 * @returns {number[]}
 */
function descendants(pid) {
  let list = '';
  try {
    list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  } catch {
    // no such file on this system, or the process ended just now
  }
  const children = list.split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

// Nothing this process starts may outlive it. A tiny shell script (see watchdog.sh) holds the other end of a pipe and
// cleans up when the pipe closes: that also works after SIGKILL, where no handler of ours could run.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./watchdog.sh', import.meta.url));

/** @type {import('node:child_process').ChildProcess | undefined} */
let watchdog;
const guarded = new Set();

/** @param {string} line */
function tell(line) {
  if (!watchdog) {
    // Detached: Ctrl-C reaches the whole foreground group, and the watchdog must survive it.
    const child = spawn('sh', [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
    child.unref();
    const pipe = /** @type {import('node:net').Socket} */ (/** @type {unknown} */ (child.stdin));
    pipe.on('error', () => {});
    pipe.unref();
    watchdog = child;
  }
  watchdog.stdin?.write(`${line}\n`);
}

function restWhenIdle() {
  if (guarded.size > 0 || !watchdog) return;
  watchdog.stdin?.end();
  watchdog = undefined;
}

/**
 * Has a child process ended with this process.
 * @param {number} pid
 * @param {NodeJS.Signals} signal what ends it in good order
 */
export function guardProcess(pid, signal) {
  guarded.add(pid);
  tell(`process ${pid}:${signal.replace(/^SIG/, '')}`);
}

/** @param {number} pid a guarded process that has ended */
export function releaseProcess(pid) {
  if (!guarded.delete(pid)) return;
  tell(`ended ${pid}`);
  restWhenIdle();
}

/** @param {string} path a folder that must not outlive this process */
export function guardFolder(path) {
  guarded.add(path);
  tell(`folder ${path}`);
}

/** @param {string} path a guarded folder, which is removed now */
export function removeFolder(path) {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  if (!guarded.delete(path)) return;
  tell(`removed ${path}`);
  restWhenIdle();
}

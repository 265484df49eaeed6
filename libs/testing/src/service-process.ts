import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startProgram, untilReady } from '../../../tools/environment/child-process.mjs';
import { freePort } from '../../../tools/environment/free-port.mjs';
import { repository } from '../../../tools/environment/places.mjs';
import { guardFolder, removeFolder } from '../../../tools/environment/watchdog.mjs';

/** A service in a process of its own, which a spec may kill. */
export interface ServiceProcess {
  /** Such as `http://127.0.0.1:4106`. */
  readonly url: string;
  /** How it ended, in words: `exit code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  isRunning(): boolean;
  /** What it has logged so far. */
  log(): string;
  signal(signal: NodeJS.Signals): void;
  /** Ends it in good order and removes its log. */
  stop(): Promise<void>;
}

/**
 * Starts a service of `apps/` from its sources, without a build, on a free port, and waits until it is ready. For
 * `startTestService`, which provides the environment: `startTestService('sla', (env) => startServiceProcess('sla', env))`.
 */
export async function startServiceProcess(name: string, environment: NodeJS.ProcessEnv): Promise<ServiceProcess> {
  const folder = mkdtempSync(join(tmpdir(), `graphdesk-${name}-`));
  guardFolder(folder);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const loader = join(repository, 'tools/environment/load-typescript.mjs');
  const program = startProgram({
    name,
    command: process.execPath,
    args: ['--conditions=@graphdesk/source', '--import', loader, join(repository, 'apps', name, 'src/main.ts')],
    cwd: repository,
    env: { PATH: process.env.PATH, ...environment, HOST: '127.0.0.1', PORT: String(port) },
    logFile: join(folder, 'log'),
  });
  const isReady = (): Promise<boolean> =>
    fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
  try {
    await untilReady(program, isReady);
  } catch (error) {
    removeFolder(folder);
    throw error;
  }
  return {
    url,
    ended: program.ended,
    isRunning: () => program.isRunning(),
    log: () => program.lastLines(Number.MAX_SAFE_INTEGER),
    signal: (signal) => program.signal(signal),
    async stop(): Promise<void> {
      await program.stop();
      removeFolder(folder);
    },
  };
}

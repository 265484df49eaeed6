import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
// Where the bundle finds the packages that stay outside.
const folder = join(here, '../../../node_modules/.graphdesk');
const bundle = join(folder, `mortal-reader-${process.pid}.mjs`);

/** The mortal reader, started again whenever it ends, as an orchestrator does. */
export class MortalProcess {
  /** How each of its lives ended: a signal or an exit code. */
  readonly deaths: string[] = [];
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private stopping = false;

  private constructor(private readonly env: NodeJS.ProcessEnv) {}

  static async start(env: NodeJS.ProcessEnv): Promise<MortalProcess> {
    mkdirSync(folder, { recursive: true });
    await build({
      entryPoints: [join(here, 'mortal-reader.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@graphdesk/source'],
      logLevel: 'error',
      plugins: [
        {
          name: 'dependencies-stay-outside',
          setup: ({ onResolve }) =>
            onResolve({ filter: /^[^./]/ }, ({ path }) =>
              path.startsWith('@graphdesk/') ? null : { path, external: true },
            ),
        },
      ],
    });
    const process = new MortalProcess(env);
    process.live();
    return process;
  }

  /** Ends it for good and removes the bundle. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.child?.kill('SIGKILL');
    await this.ended;
    rmSync(bundle, { force: true });
  }

  private live(): void {
    const env = { PATH: process.env['PATH'], ...this.env, LIFE: String(this.deaths.length + 1) };
    const child = spawn(process.execPath, [bundle], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    // A busy process answers no probe, so it is killed.
    child.stdout.once('data', () => child.kill('SIGKILL'));
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        if (!this.stopping) {
          this.deaths.push(signal ?? `exit ${code}`);
          this.live();
        }
        resolve();
      });
    });
  }
}

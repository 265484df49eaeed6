import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Json } from './graphql-request.js';

const project = fileURLToPath(new URL('..', import.meta.url));
// Beside the project's own files, so that the bundle finds subgraphs.json where the build has it.
const bundle = join(project, 'node_modules/.graphdesk', `gateway-${process.pid}.mjs`);

/** The gateway as a process of its own, to be ended by signals. */
export class GatewayProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    readonly ended: Promise<{ code: number | null; signal: string | null }>,
    /** Its log so far, line by line. */
    readonly log: readonly Json[],
  ) {}

  /** Bundles main.ts; its dependencies stay outside. */
  static async build(): Promise<void> {
    mkdirSync(join(project, 'node_modules/.graphdesk'), { recursive: true });
    await build({
      entryPoints: [join(project, 'src/main.ts')],
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
  }

  static removeBuild(): void {
    rmSync(bundle, { force: true });
  }

  /** Starts it and waits for its first log line with an address. */
  static async start(env: NodeJS.ProcessEnv): Promise<GatewayProcess> {
    const child = spawn(process.execPath, [bundle], {
      env: { PATH: process.env.PATH, ...env, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
      child.once('exit', (code, signal) => resolve({ code, signal })),
    );
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    const log: Json[] = [];
    const url = await Promise.race([
      firstUrl(child, log),
      ended.then(({ code }) => Promise.reject(new Error(`the gateway ended with ${code}: ${complaint}`))),
    ]);
    return new GatewayProcess(url, child, ended, log);
  }

  async signal(signal: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }> {
    this.child.kill(signal);
    return this.ended;
  }
}

async function firstUrl({ stdout }: ChildProcess, log: Json[]): Promise<string> {
  if (!stdout) throw new Error('no output');
  const lines = createInterface({ input: stdout });
  return new Promise((resolve) =>
    lines.on('line', (line) => {
      const said: Json = JSON.parse(line);
      log.push(said);
      if (said.url) resolve(said.url as string);
    }),
  );
}

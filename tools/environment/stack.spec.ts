import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';

import { freePort } from './free-port.mjs';
import { repository } from './places.mjs';
import { postgresHomes } from './postgres-place.mjs';
import { resetInstallation } from './reset.mjs';
import { startStack as startAny } from './stack.mjs';
import { waitUntil } from './wait-until.mjs';

/** A repository with two tiny services and a gateway, that shares our tools and packages. */
const root = mkdtempSync(join(tmpdir(), 'graphdesk-root-'));
const dataDir = join(root, 'data');

beforeAll(() => {
  chmodSync(root, 0o711); // Postgres may have to run under another account
  for (const name of ['alpha', 'beta', 'gateway']) {
    mkdirSync(join(root, 'apps', name, 'dist'), { recursive: true });
    cpSync(join(repository, 'tools/environment/test-fixtures/service.mjs'), join(root, 'apps', name, 'dist/main.js'));
  }
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'apps/gateway/subgraphs.json'), '{ "alpha": { "port": 1 }, "beta": { "port": 2 } }');
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  cpSync(join(repository, 'tools'), join(root, 'tools'), { recursive: true });
});
afterAll(() => {
  for (const each of [root, ...postgresHomes(join(dataDir, 'postgres'))])
    rmSync(each, { recursive: true, force: true });
});

/** Stacks and launchers of the running test: a failed one must not leave them to the next. */
const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of leftovers.splice(0)) await end();
});

async function startStack(given: Parameters<typeof startAny>[0]): ReturnType<typeof startAny> {
  const stack = await startAny(given);
  leftovers.push(() => stack.stop());
  return stack;
}

const options = { root, dataDir, freePorts: true, ownServers: true, seed: false };

async function settingsOf(url: string | undefined): Promise<{ rows: number; env: Record<string, string> }> {
  return (await (await fetch(`${url}/`)).json()) as { rows: number; env: Record<string, string> };
}

/** Whether a process exists and is no mere entry its parent has not read yet. */
function isAlive(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) Z /.test(readFileSync(file, 'utf8'));
}

/** The servers' and services' processes: their command lines name the data folder or the apps. */
function processesOfStack(): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    const commandLine = isAlive(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
    return commandLine.includes(join(root, 'apps')) || commandLine.includes(`${dataDir}/`);
  });
}

describe('startStack', () => {
  it('starts everything, keeps data and people over a second start, and leaves no process', async () => {
    const first = await startStack(options);
    expect(processesOfStack().length).toBeGreaterThanOrEqual(5);
    const jwks = JSON.parse(readFileSync(join(dataDir, 'jwks.json'), 'utf8'));
    const { payload } = await jwtVerify(first.tokens.responder ?? '', createLocalJWKSet(jwks), {
      audience: 'graphdesk',
    });
    expect(payload).toMatchObject({ tenant: first.tenant, sub: first.people.responder, roles: ['responder'] });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(30 * 86_400);
    expect(JSON.parse(readFileSync(join(dataDir, 'dev.json'), 'utf8'))).toEqual(first.describe());
    expect((await settingsOf(first.services.alpha?.url)).rows).toBe(1);
    await first.stop();
    expect(processesOfStack()).toEqual([]);

    const second = await startStack(options);
    expect([second.tenant, second.people]).toEqual([first.tenant, first.people]);
    expect((await settingsOf(second.services.alpha?.url)).rows).toBe(2);
    await second.stop();
  });

  it('gives each process its own settings, and no process those of another', async () => {
    const stack = await startStack(options);
    const alpha = (await settingsOf(stack.services.alpha?.url)).env;
    const beta = (await settingsOf(stack.services.beta?.url)).env;
    const gateway = (await settingsOf(stack.services.gateway?.url)).env;
    expect(alpha.DATABASE_URL).toContain('alpha_app:');
    expect(alpha.ENGINE_DATABASE_URL).toContain('alpha_engine:');
    expect(alpha.ENVELOPE_KEYS).not.toBe(beta.ENVELOPE_KEYS);
    expect(alpha.SECRETS_KEY).not.toBe(beta.SECRETS_KEY);
    expect(gateway.ENVELOPE_KEYS_BETA).toBe(beta.ENVELOPE_KEYS);
    expect(gateway.SUBGRAPHS).toBe(`alpha=${stack.services.alpha?.url},beta=${stack.services.beta?.url}`);
    expect(gateway).not.toHaveProperty('DATABASE_URL');
    await stack.stop();
  });

  it('names a service that dies, with its last lines, and can start it again', async () => {
    const deaths: unknown[] = [];
    const stack = await startStack({ ...options, onDeath: (death) => deaths.push(death) });
    const { beta } = stack.services;
    await beta?.kill();
    expect(beta?.isRunning()).toBe(false);
    await beta?.start();
    expect(deaths).toEqual([]); // that one was asked for
    await fetch(`${beta?.url}/die`).catch(() => undefined);
    await waitUntil(() => deaths.length > 0, { what: 'the death is told' });
    expect(deaths).toEqual([{ name: 'beta', how: 'exit code 7', lastLines: expect.stringContaining('listening') }]);
    await stack.stop();
  });

  it('names a service that does not start, and leaves nothing running', async () => {
    const port = await freePort();
    const failing = startStack({ ...options, ports: { beta: port }, env: { FIXTURE_FAILS: String(port) } });
    await expect(failing).rejects.toThrow(/^beta ended \(exit code 3\)[^]*cannot read the supergraph/);
    expect(processesOfStack()).toEqual([]);
  });

  it('begins anew after a reset, which a running system refuses', async () => {
    const before = await startStack(options);
    await expect(resetInstallation(root, dataDir)).rejects.toThrow('before a reset');
    await before.stop();
    await resetInstallation(root, dataDir);
    const after = await startStack(options);
    expect(after.tenant).not.toBe(before.tenant);
    expect((await settingsOf(after.services.alpha?.url)).rows).toBe(1);
    await after.stop();
  });

  it('removes a temporary folder with everything else', async () => {
    const stack = await startStack({ root, freePorts: true, ownServers: true, seed: false });
    const folder = dirname(stack.logDir);
    expect(existsSync(join(folder, 'secrets.json'))).toBe(true);
    await stack.stop();
    expect(existsSync(folder)).toBe(false);
  });

  it('names a taken port and what to change', async () => {
    const stack = await startStack(options);
    const port = Number(new URL(stack.services.alpha?.url ?? '').port);
    const second = startStack({ ...options, dataDir: join(root, 'other'), ports: { beta: port } });
    await expect(second).rejects.toThrow(`Port ${port} (beta) is taken. Choose another with BETA_PORT.`);
    await expect(startStack(options)).rejects.toThrow('already runs');
    await stack.stop();
  });
});

describe('npm start', () => {
  const start = (): { child: ReturnType<typeof spawn>; output: () => string } => {
    const args = [join(root, 'tools/start.mjs'), '--no-setup', '--no-demo', '--free-ports', '--data-dir', dataDir];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    leftovers.push(() => (child.kill('SIGTERM') ? ended : undefined));
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return { child, output: () => text };
  };
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('leaves no process 10 s after %s', async (signal) => {
    const { child, output } = start();
    await waitUntil(() => output().includes('READY') || child.exitCode !== null, { what: 'READY' });
    expect(output()).toContain('READY  graph  http://127.0.0.1:');
    const pids = processesOfStack();
    expect(pids.length).toBeGreaterThanOrEqual(5);
    child.kill(signal);
    await waitUntil(() => !pids.some(isAlive), { timeoutMs: 10_000, what: 'no process is left' });
  });

  it('stops what has started when it is interrupted half-way', async () => {
    const { child, output } = start();
    await waitUntil(() => output().includes('ok  Postgres'), { what: 'Postgres is up' });
    expect(processesOfStack().length).toBeGreaterThan(0);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    expect(processesOfStack()).toEqual([]);
    expect(output()).toContain('stopped before everything was ready');
  });
});

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { postgresAccount } from './postgres-account.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { postgresHomes } from './postgres-place.mjs';
import { startPostgres } from './postgres.mjs';
import { withClient } from './provision-database.mjs';

const isRoot = process.getuid?.() === 0;
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'graphdesk-postgres-spec-'));
});
afterEach(() => {
  delete process.env.GRAPHDESK_NO_USER_NAMESPACE;
  for (const each of postgresHomes(home)) rmSync(each, { recursive: true, force: true });
});

async function writeAndRead(): Promise<unknown> {
  const server = await startPostgres({ home, password: 'p@ss/word', durable: false });
  try {
    return await withClient(server.url, async (client) => {
      await client.query('CREATE TABLE IF NOT EXISTS kept (id serial)');
      await client.query('INSERT INTO kept DEFAULT VALUES');
      return (await client.query('SELECT count(*)::int AS rows FROM kept')).rows[0];
    });
  } finally {
    await server.program.stop();
  }
}

describe('startPostgres', () => {
  it('keeps its data from one start to the next, with and without user namespaces', async () => {
    expect(await writeAndRead()).toEqual({ rows: 1 });
    process.env.GRAPHDESK_NO_USER_NAMESPACE = '1';
    expect(await writeAndRead()).toEqual({ rows: 2 });
    if (isRoot) expect(statSync(join(home, 'data')).uid).toBe(65_534);
    delete process.env.GRAPHDESK_NO_USER_NAMESPACE;
    expect(await writeAndRead()).toEqual({ rows: 3 });
  });

  it('lets nobody in without the password, and listens on no socket file', async () => {
    const server = await startPostgres({ home, password: 'right', durable: false });
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(withClient(wrong.href, async () => undefined)).rejects.toThrow('password authentication failed');
    await withClient(server.url, async (client) => {
      expect((await client.query('SHOW unix_socket_directories')).rows).toEqual([{ unix_socket_directories: '' }]);
    });
    await server.program.stop();
  });

  it('starts again after it was killed', async () => {
    const first = await startPostgres({ home, password: 'x', durable: false });
    first.program.signal('SIGKILL');
    await first.program.ended;
    expect(existsSync(join(first.home, 'data/postmaster.pid'))).toBe(true);
    expect(await startPostgres({ home, password: 'x', durable: false }).then(({ program }) => program.stop())).toBe(
      undefined,
    );
  });
});

describe('postgresAccount', () => {
  it('never runs Postgres as root', () => {
    const kinds = [postgresAccount(postgresBinaries(), home).kind];
    process.env.GRAPHDESK_NO_USER_NAMESPACE = '1';
    kinds.push(postgresAccount(postgresBinaries(), home).kind);
    expect(isRoot ? ['namespace,nobody', 'nobody,nobody'] : ['direct,direct']).toContain(kinds.join());
  });
});

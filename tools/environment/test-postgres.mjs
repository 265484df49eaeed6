// One throw-away Postgres for a whole Jest run: named as `globalSetup` by projects with database specs (jest.preset.mjs).
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startPostgres } from './postgres.mjs';
import { guardFolder, removeFolder } from './watchdog.mjs';

/**
 * Starts a fast server whose data vanish when it stops or when this process ends in any way.
 * @returns {Promise<{ url: string, program: import('./child-process.mjs').RunningProgram, stop(): Promise<void> }>}
 */
export async function startThrowAwayPostgres() {
  const home = mkdtempSync(join(tmpdir(), 'graphdesk-postgres-'));
  guardFolder(home);
  const server = await startPostgres({ home, password: randomBytes(18).toString('base64url'), durable: false });
  if (server.home !== home) guardFolder(server.home);
  return {
    url: server.url,
    program: server.program,
    async stop() {
      await server.program.stop();
      removeFolder(server.home);
      removeFolder(home);
    },
  };
}

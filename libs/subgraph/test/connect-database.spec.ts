import { describe, expect, it } from '@jest/globals';
import { appDataSource } from '@graphdesk/database';
import { provisionService, startPostgres } from '@graphdesk/testing';
import { pino } from 'pino';
import { connectDatabase } from '../src/connect-database.js';
import { NoteRecord } from './note.record.js';
import { notebook } from './notebook.js';

/** A logger, and a promise of its first warning. */
function loggerOf() {
  const logger = pino({ level: 'silent' });
  const warned = new Promise<unknown[]>((resolve) => (logger.warn = (...line: unknown[]) => resolve(line)));
  return { logger, warned };
}

describe('the first connection', () => {
  it('waits for a Postgres that hangs, says so, and migrates when it answers', async () => {
    const postgres = await startPostgres();
    const roles = await provisionService(postgres.url, notebook.name);
    const dataSource = appDataSource({ url: roles.appUrl, schema: 'notebook', records: [NoteRecord], poolSize: 2 });
    const { logger, warned } = loggerOf();
    postgres.pause();
    const connecting = connectDatabase(notebook, roles.ownerUrl, dataSource, logger);
    expect(await warned).toContain('Postgres is not reachable; waiting');
    postgres.resume();
    await connecting;
    expect(await dataSource.query(`SELECT to_regclass('notebook.note')::text AS name`)).toEqual([{ name: 'note' }]);
    await dataSource.destroy();
    await postgres.stop();
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate } from '@graphdesk/database';
import { createDatabase, provisionService, type TestDatabase } from '@graphdesk/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CreateNotebook1795000000001 } from './note.record.js';

class AddColour1795000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE notebook.note ADD COLUMN colour text`);
    await runner.query(`SELECT 1 / (SELECT count(*) FROM notebook.allowed)`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}

describe('migrate', () => {
  let database: TestDatabase;
  let url: string;
  beforeEach(async () => {
    database = await createDatabase('migrate');
    url = (await provisionService(database.url, 'notebook')).ownerUrl;
  });
  afterEach(() => database.drop());

  const run = (...later: (new () => MigrationInterface)[]): Promise<readonly string[]> =>
    migrate({ url, schema: 'notebook', migrations: [CreateNotebook1795000000001, ...later] });

  it('by four replicas at once is applied once', async () => {
    const applied = await Promise.all(Array.from({ length: 4 }, () => run()));
    expect(applied.flat()).toEqual(['CreateNotebook1795000000001']);
    expect(await database.sql('SELECT name FROM notebook.migration')).toEqual([
      { name: 'CreateNotebook1795000000001' },
    ]);
    expect(await run()).toEqual([]);
  });

  it('that fails leaves no half of it, keeps what came before, and can be tried again', async () => {
    await database.sql('CREATE TABLE notebook.allowed (); GRANT SELECT ON notebook.allowed TO notebook_owner');
    await expect(run(AddColour1795000000002)).rejects.toThrow('division by zero');
    const columns = await database.sql(
      `SELECT column_name FROM information_schema.columns WHERE table_name = 'note' AND column_name = 'colour'`,
    );
    expect(columns).toEqual([]);
    expect(await database.sql('SELECT name FROM notebook.migration')).toHaveLength(1);
    await database.sql('INSERT INTO notebook.allowed DEFAULT VALUES');
    expect(await run(AddColour1795000000002)).toEqual(['AddColour1795000000002']);
  });
});

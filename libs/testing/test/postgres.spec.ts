import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { createDatabase, provisionService, startPostgres, type TestDatabase } from '../src/index.js';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('createDatabase', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase('incidents');
  });
  afterAll(() => database.drop());

  it('gives every caller a database of its own', async () => {
    const other = await createDatabase('incidents');
    await query(database.url, 'CREATE TABLE only_here (id int)');
    await expect(query(other.url, 'SELECT * FROM only_here')).rejects.toThrow('does not exist');
    await other.drop();
    await expect(query(other.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it('drops a database although a session is open', async () => {
    const other = await createDatabase();
    const client = new pg.Client({ connectionString: other.url });
    const cut = new Promise<Error>((resolve) => client.on('error', resolve));
    await client.connect();
    await other.drop();
    expect((await cut).message).toMatch(/terminat/);
  });
});

describe('provisionService', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase('roles');
  });
  afterAll(() => database.drop());

  it('lets the owner make tables, and nobody see them before it grants', async () => {
    const incidents = await provisionService(database.url, 'incidents');
    await query(incidents.ownerUrl, 'CREATE TABLE incident (id int)');
    const tables = await query(database.url, "SELECT schemaname FROM pg_tables WHERE tablename = 'incident'");
    expect(tables).toEqual([{ schemaname: 'incidents' }]);
    for (const url of [incidents.appUrl, incidents.engineUrl]) {
      await expect(query(url, 'SELECT * FROM incident')).rejects.toThrow('permission denied for table');
      await expect(query(url, 'CREATE TABLE mine (id int)')).rejects.toThrow('permission denied for schema');
    }
    await query(incidents.ownerUrl, 'GRANT SELECT ON incident TO incidents_app');
    await expect(query(incidents.appUrl, 'SELECT * FROM incident')).resolves.toEqual([]);
  });

  it("keeps a service out of another's schema, and every role from overriding row-level security", async () => {
    const sla = await provisionService(database.url, 'sla');
    for (const url of [sla.ownerUrl, sla.appUrl, sla.engineUrl]) {
      await expect(query(url, 'SELECT * FROM incidents.incident')).rejects.toThrow('permission denied for schema');
    }
    const mighty =
      "SELECT rolname FROM pg_roles WHERE rolname LIKE 'sla\\_%' AND (rolsuper OR rolbypassrls OR rolcreaterole)";
    expect(await query(database.url, mighty)).toEqual([]);
  });

  it('can be repeated, also by several at once and in several databases', async () => {
    const other = await createDatabase('roles');
    const urls = [database.url, other.url, database.url, other.url];
    const results = await Promise.all(urls.map((url) => provisionService(url, 'problems')));
    for (const { appUrl } of results) await expect(query(appUrl, 'SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    await other.drop();
  });

  it('refuses a name that is no schema name', async () => {
    await expect(provisionService(database.url, 'x; DROP')).rejects.toThrow('not a service name');
  });
});

describe('startPostgres', () => {
  it('sorts and folds text by the same rules everywhere, and is gone after stop', async () => {
    const server = await startPostgres();
    expect(await query(server.url, "SELECT upper('äé') AS text, current_setting('max_connections') AS max")).toEqual([
      { text: 'ÄÉ', max: '200' },
    ]);
    await server.stop();
    await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });
});

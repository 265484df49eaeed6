import { appDataSource, migrate, TenantDatabase } from '@graphdesk/database';
import { Outbox } from '@graphdesk/messaging';
import { createDatabase, provisionService, type Sql } from '@graphdesk/testing';
import type { DataSource } from 'typeorm';
import { CreateNotebook1795000000001, NoteRecord, NotesRepository } from './note.record.js';

/** The notebook's tables without its service. */
export async function openNotebook(poolSize = 4): Promise<{
  readonly sql: Sql;
  readonly dataSource: DataSource;
  readonly database: TenantDatabase;
  readonly outbox: Outbox;
  readonly notes: NotesRepository;
  close(): Promise<void>;
}> {
  const test = await createDatabase('notebook');
  const roles = await provisionService(test.url, 'notebook');
  await migrate({ url: roles.ownerUrl, schema: 'notebook', migrations: [CreateNotebook1795000000001] });
  const dataSource = appDataSource({ url: roles.appUrl, schema: 'notebook', records: [NoteRecord], poolSize });
  await dataSource.initialize();
  const database = new TenantDatabase(dataSource);
  const outbox = new Outbox(database);
  return {
    sql: test.sql,
    dataSource,
    database,
    outbox,
    notes: new NotesRepository(database, outbox),
    async close(): Promise<void> {
      await dataSource.destroy();
      await test.drop();
    },
  };
}

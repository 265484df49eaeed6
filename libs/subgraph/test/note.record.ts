import { defineEvent } from '@graphdesk/contracts';
import { counterTable, isolateByTenant, TenantDatabase, tenantFunction, timelineTable } from '@graphdesk/database';
import { historyTables, messagingTables, Outbox } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import { publication, WritePath, type Aggregate } from '../src/index.js';

/** A contract of the specs' own: real services declare theirs in `@graphdesk/contracts`. */
const noteWrittenV1 = defineEvent({
  service: 'notebook',
  aggregateType: 'note',
  name: 'note-written',
  version: 1,
  schema: z.object({ text: z.string().max(1_000) }),
});

export type NoteFact = { readonly kind: 'note-written'; readonly at: Date };

@Entity('note')
export class NoteRecord implements Aggregate {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'tenant_id' })
  tenantId!: string;

  @Column('int')
  version!: number;

  @Column('text')
  key!: string;

  @Column('text')
  text!: string;
}

export class CreateNotebook1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('notebook'));
    await runner.query(messagingTables('notebook'));
    await runner.query(timelineTable('notebook'));
    await runner.query(historyTables('notebook'));
    await runner.query(counterTable('notebook'));
    await runner.query(`CREATE TABLE notebook.note (
      id text PRIMARY KEY, tenant_id text NOT NULL, version int NOT NULL,
      key text NOT NULL, text text NOT NULL, UNIQUE (tenant_id, key))`);
    await runner.query(isolateByTenant('notebook', 'note', { app: 'SELECT, INSERT, UPDATE' }));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}

@Injectable()
export class NotesRepository extends WritePath<NoteRecord, NoteFact> {
  constructor(database: TenantDatabase, outbox: Outbox) {
    super(database, outbox, NoteRecord, (_fact, note) => publication(noteWrittenV1, { text: note.text }));
  }
}

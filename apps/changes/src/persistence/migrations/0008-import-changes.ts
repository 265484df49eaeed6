import { isolateByTenant } from '@graphdesk/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A change of another system is imported once, with what it has to do with incidents. */
export class ImportChanges1795000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE changes.change ADD COLUMN external_system text, ADD COLUMN external_id text,
        ADD CHECK ((external_system IS NULL) = (external_id IS NULL));
      CREATE UNIQUE INDEX change_of_other_system ON changes.change (tenant_id, external_system, external_id)
        WHERE external_id IS NOT NULL;
      CREATE TABLE changes.change_incident (
        change_id text NOT NULL REFERENCES changes.change,
        incident_id text NOT NULL,
        relation text NOT NULL,
        tenant_id text NOT NULL,
        linked_at timestamptz NOT NULL,
        PRIMARY KEY (change_id, incident_id, relation)
      );
      CREATE INDEX changes_of_incident ON changes.change_incident (incident_id)`);
    await runner.query(isolateByTenant('changes', 'change_incident', { app: 'SELECT, INSERT' }));
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

import { isolateByTenant } from '@graphdesk/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Incidents of other systems: where they come from, how far their history was read, and the teams that their entries name. */
export class ImportIncidents1795000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE incidents.incident
        ADD COLUMN team_id text,
        ADD COLUMN external_system text,
        ADD COLUMN external_id text,
        ADD COLUMN imported_entries text[] NOT NULL DEFAULT '{}',
        ADD CHECK ((external_system IS NULL) = (external_id IS NULL));
      CREATE UNIQUE INDEX incident_external ON incidents.incident (tenant_id, external_system, external_id)
        WHERE external_id IS NOT NULL;
      CREATE TABLE incidents.catalog_team (
        id text PRIMARY KEY,
        tenant_id text NOT NULL
      )`);
    await runner.query(isolateByTenant('incidents', 'catalog_team', { app: 'SELECT, INSERT, UPDATE' }));
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

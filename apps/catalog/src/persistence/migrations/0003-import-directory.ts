import { isolateByTenant } from '@graphdesk/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imported people have no address; what other systems call people and teams makes a second import find the first one's. */
export class ImportDirectory1795000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE catalog.person ALTER COLUMN email DROP NOT NULL;
      CREATE TABLE catalog.external_reference (
        tenant_id text NOT NULL,
        system text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('person', 'team')),
        external_id text NOT NULL,
        aggregate_id text NOT NULL,
        PRIMARY KEY (tenant_id, system, kind, external_id)
      )`);
    await runner.query(isolateByTenant('catalog', 'external_reference', { app: 'SELECT, INSERT' }));
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

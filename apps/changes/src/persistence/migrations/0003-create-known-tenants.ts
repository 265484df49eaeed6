import { isolateByTenant } from '@graphdesk/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tenants that the catalog told of: nothing is written for others. */
export class CreateKnownTenants1795000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE changes.known_tenant (id text PRIMARY KEY, tenant_id text NOT NULL)');
    await runner.query(isolateByTenant('changes', 'known_tenant', { app: 'SELECT, INSERT, UPDATE' }));
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

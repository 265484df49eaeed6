import { isolateByTenant, tenantFunction, timelineTable } from '@graphdesk/database';
import { messagingTables } from '@graphdesk/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const grants = { app: 'SELECT, INSERT, UPDATE' };

export class CreateCatalog1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('catalog'));
    await runner.query(messagingTables('catalog'));
    await runner.query(timelineTable('catalog'));
    await runner.query(`
      CREATE TABLE catalog.tenant (
        id text PRIMARY KEY,
        tenant_id text NOT NULL CHECK (tenant_id = id),
        version int NOT NULL,
        name text NOT NULL,
        service_desk_lead_id text
      );
      CREATE TABLE catalog.team (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        name text NOT NULL,
        UNIQUE (tenant_id, name)
      );
      CREATE TABLE catalog.person (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        name text NOT NULL,
        email text NOT NULL,
        team_ids text[] NOT NULL,
        UNIQUE (tenant_id, email)
      );
      CREATE TABLE catalog.service (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        key text NOT NULL,
        name text NOT NULL,
        tier text NOT NULL,
        environments text[] NOT NULL,
        owner_team_id text,
        accountable_person_id text,
        depends_on text[] NOT NULL,
        UNIQUE (tenant_id, key)
      )`);
    for (const table of ['tenant', 'team', 'person', 'service']) {
      await runner.query(isolateByTenant('catalog', table, grants));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

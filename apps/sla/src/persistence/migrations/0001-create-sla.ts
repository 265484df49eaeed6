import { isolateByTenant, tenantFunction, timelineTable } from '@graphdesk/database';
import { messagingTables } from '@graphdesk/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const grants = { app: 'SELECT, INSERT, UPDATE' };

export class CreateSla1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('sla'));
    await runner.query(messagingTables('sla'));
    await runner.query(timelineTable('sla'));
    await runner.query(`
      CREATE TABLE sla.sla_policy (
        id text PRIMARY KEY,
        tenant_id text NOT NULL UNIQUE,
        version int NOT NULL,
        targets jsonb NOT NULL,
        revised_at timestamptz NOT NULL,
        revised_by text NOT NULL
      );
      CREATE TABLE sla.sla_clock (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        incident_id text NOT NULL,
        measure text NOT NULL,
        state text NOT NULL,
        priority text NOT NULL,
        target_minutes int NOT NULL CHECK (target_minutes > 0),
        target_since timestamptz NOT NULL,
        policy_id text NOT NULL REFERENCES sla.sla_policy,
        policy_version int NOT NULL,
        origin text NOT NULL,
        started_at timestamptz NOT NULL,
        ended_at timestamptz,
        intervals jsonb NOT NULL,
        incident_version int NOT NULL,
        UNIQUE (tenant_id, incident_id, measure)
      )`);
    for (const table of ['sla_policy', 'sla_clock']) {
      await runner.query(isolateByTenant('sla', table, grants));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

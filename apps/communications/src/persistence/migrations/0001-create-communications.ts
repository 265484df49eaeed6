import { isolateByTenant, tenantFunction, timelineTable } from '@graphdesk/database';
import { messagingTables } from '@graphdesk/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const grants = { app: 'SELECT, INSERT, UPDATE' };

export class CreateCommunications1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('communications'));
    await runner.query(messagingTables('communications'));
    await runner.query(timelineTable('communications'));
    await runner.query(`
      CREATE TABLE communications.service (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        name text NOT NULL
      );
      CREATE TABLE communications.incident (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        number int,
        title text,
        priority text,
        service_id text,
        imported boolean NOT NULL DEFAULT false,
        phase text NOT NULL DEFAULT 'OPEN',
        declared_at timestamptz,
        resolved_at timestamptz,
        rollback_accepted_at timestamptz
      );
      CREATE TABLE communications.stakeholder_update (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        incident_id text NOT NULL,
        occasion text NOT NULL,
        audience text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        state text NOT NULL,
        drafted_at timestamptz NOT NULL,
        edited_by text,
        approved_by text,
        approved_at timestamptz,
        UNIQUE (tenant_id, incident_id, occasion)
      )`);
    for (const table of ['service', 'incident', 'stakeholder_update']) {
      await runner.query(isolateByTenant('communications', table, grants));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

import { isolateByTenant } from '@graphdesk/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which changes were considered for an incident and are not suspected; and who judged a suspicion, and why it was rejected. */
export class RecordDismissedChanges1795000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE changes.suspect_search (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        incident_id text NOT NULL,
        dismissed jsonb NOT NULL,
        UNIQUE (tenant_id, incident_id)
      )`);
    await runner.query(isolateByTenant('changes', 'suspect_search', { app: 'SELECT, INSERT, UPDATE' }));
    await runner.query(
      'CREATE INDEX deployment_time ON changes.deployment (tenant_id, deployed_at) WHERE deployed_at IS NOT NULL',
    );
    await runner.query('ALTER TABLE changes.suspected_change ADD judged_by text, ADD rejection_reason text');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

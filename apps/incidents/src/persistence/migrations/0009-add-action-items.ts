import { isolateByTenant } from '@graphdesk/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is to be done because of an incident, by whom and until when. */
export class AddActionItems1795000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE incidents.action_item (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        incident_id text NOT NULL,
        title text NOT NULL,
        state text NOT NULL CHECK (state IN ('OPEN', 'DONE', 'DROPPED')),
        owner_id text NOT NULL,
        due_at timestamptz NOT NULL,
        overdue_since timestamptz,
        added_at timestamptz NOT NULL,
        added_by text NOT NULL,
        completed_at timestamptz CHECK ((completed_at IS NOT NULL) = (state = 'DONE')),
        completed_by text CHECK ((completed_by IS NOT NULL) = (state = 'DONE')),
        dropped_at timestamptz CHECK ((dropped_at IS NOT NULL) = (state = 'DROPPED')),
        drop_reason text CHECK ((drop_reason IS NOT NULL) = (state = 'DROPPED'))
      );
      CREATE INDEX action_item_of_incident ON incidents.action_item (tenant_id, incident_id, id DESC)`);
    await runner.query(isolateByTenant('incidents', 'action_item', { app: 'SELECT, INSERT, UPDATE' }));
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

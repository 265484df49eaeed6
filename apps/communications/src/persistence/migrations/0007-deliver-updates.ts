import { isolateByTenant } from '@graphdesk/database';
import { timerTable } from '@graphdesk/timers';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const grants = { app: 'SELECT, INSERT, UPDATE' };

export class DeliverUpdates1795000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(timerTable('communications'));
    await runner.query(`
      ALTER TABLE communications.stakeholder_update ADD COLUMN sent_by text, ADD COLUMN sent_at timestamptz;
      CREATE TABLE communications.subscriber (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        email text,
        audience text NOT NULL,
        service_ids text[],
        added_at timestamptz NOT NULL,
        removed_at timestamptz,
        UNIQUE (tenant_id, email, audience),
        CHECK ((email IS NULL) = (removed_at IS NOT NULL))
      );
      CREATE TABLE communications.notification (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        update_id text NOT NULL REFERENCES communications.stakeholder_update,
        subscriber_id text NOT NULL REFERENCES communications.subscriber,
        channel text NOT NULL,
        key text NOT NULL,
        state text NOT NULL,
        tries int NOT NULL,
        underway boolean NOT NULL,
        fencing int NOT NULL,
        due_at timestamptz,
        may_be_repeated boolean NOT NULL,
        last_error text,
        queued_at timestamptz NOT NULL,
        sent_at timestamptz,
        UNIQUE (tenant_id, key)
      );
      CREATE INDEX notification_of_update ON communications.notification (update_id, id)`);
    for (const table of ['subscriber', 'notification']) {
      await runner.query(isolateByTenant('communications', table, grants));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

import { timerTable } from '@graphdesk/timers';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rollback suggestions run out of time. Those that are open already wait for the end of their incident, as before. */
export class KeepTimers1795000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(timerTable('changes'));
    await runner.query('ALTER TABLE changes.rollback_suggestion ADD COLUMN suggested_at timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

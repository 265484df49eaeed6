import { timerTable } from '@graphdesk/timers';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Resolved incidents close by themselves. Those that are resolved already are armed by their next change. */
export class KeepTimers1795000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(timerTable('incidents'));
    await runner.query('ALTER TABLE incidents.incident ADD COLUMN recovery_window_ended_at timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

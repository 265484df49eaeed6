import { timerTable } from '@graphdesk/timers';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clocks warn and breach by themselves. Those that run already are armed by the next event of their incident. */
export class KeepTimers1795000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(timerTable('sla'));
    await runner.query(
      'ALTER TABLE sla.sla_clock ADD COLUMN risk_recorded timestamptz, ADD COLUMN breach_recorded timestamptz',
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

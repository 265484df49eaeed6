import { historyTables } from '@graphdesk/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepHistory1795000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(historyTables('incidents'));
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

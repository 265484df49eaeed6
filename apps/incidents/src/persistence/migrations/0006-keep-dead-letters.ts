import { deadLetterTables } from '@graphdesk/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepDeadLetters1795000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(deadLetterTables('incidents'));
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

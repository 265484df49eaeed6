import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A problem of another system is imported once. */
export class ImportProblems1795000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE problems.problem ADD COLUMN external_system text, ADD COLUMN external_id text,
        ADD CHECK ((external_system IS NULL) = (external_id IS NULL));
      CREATE UNIQUE INDEX problem_of_other_system ON problems.problem (tenant_id, external_system, external_id)
        WHERE external_id IS NOT NULL`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

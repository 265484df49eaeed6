import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deployments that wait for the catalog's news of their service are found by what their pipeline calls it. */
export class IndexDeploymentsWithoutService1795000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX deployment_without_service ON changes.deployment (tenant_id, service_name, reported_at)
       WHERE service_id IS NULL`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

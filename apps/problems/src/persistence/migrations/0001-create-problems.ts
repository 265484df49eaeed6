import { counterTable, isolateByTenant, tenantFunction, timelineTable } from '@graphdesk/database';
import { messagingTables } from '@graphdesk/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const grants = { app: 'SELECT, INSERT, UPDATE' };

export class CreateProblems1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('problems'));
    await runner.query(messagingTables('problems'));
    await runner.query(timelineTable('problems'));
    await runner.query(counterTable('problems'));
    await runner.query(`
      CREATE TABLE problems.service (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        name text NOT NULL
      );
      CREATE TABLE problems.incident (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        service_id text,
        signature text,
        declared_at timestamptz NOT NULL,
        canceled boolean NOT NULL
      );
      CREATE INDEX incident_kind ON problems.incident (tenant_id, service_id, signature, declared_at);
      CREATE TABLE problems.problem (
        id text PRIMARY KEY,
        tenant_id text NOT NULL,
        version int NOT NULL,
        number int NOT NULL,
        title text NOT NULL,
        state text NOT NULL,
        origin text NOT NULL,
        service_id text,
        signature text,
        symptom text,
        root_cause text,
        workaround text,
        resolution_code text,
        resolution_notes text,
        raised_at timestamptz NOT NULL,
        closed_at timestamptz,
        UNIQUE (tenant_id, number)
      );
      CREATE UNIQUE INDEX one_open_problem_per_kind ON problems.problem (tenant_id, service_id, signature)
        WHERE state <> 'CLOSED' AND signature IS NOT NULL;
      CREATE INDEX problem_of_service ON problems.problem (tenant_id, service_id);
      CREATE TABLE problems.problem_incident (
        incident_id text PRIMARY KEY REFERENCES problems.incident,
        tenant_id text NOT NULL,
        problem_id text NOT NULL REFERENCES problems.problem,
        reason text NOT NULL,
        linked_at timestamptz NOT NULL
      );
      CREATE INDEX incidents_of_problem ON problems.problem_incident (problem_id)`);
    for (const table of ['service', 'incident', 'problem', 'problem_incident']) {
      await runner.query(isolateByTenant('problems', table, grants));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

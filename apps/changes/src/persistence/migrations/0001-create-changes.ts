import { counterTable, isolateByTenant, tenantFunction, timelineTable } from '@graphdesk/database';
import { messagingTables } from '@graphdesk/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const WRITTEN = { app: 'SELECT, INSERT, UPDATE' };

export class CreateChanges1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('changes'));
    await runner.query(messagingTables('changes'));
    await runner.query(timelineTable('changes'));
    await runner.query(counterTable('changes'));
    await runner.query(CHANGES);
    await runner.query(SUSPICION);
    await runner.query(SOURCES);
    await runner.query(PROJECTIONS);
    for (const table of ['change', 'deployment', 'suspected_change', 'rollback_suggestion']) {
      await runner.query(isolateByTenant('changes', table, WRITTEN));
    }
    await runner.query(
      isolateByTenant('changes', 'deployment_source', {
        ...WRITTEN,
        engine: 'SELECT (id, tenant_id, kind, sealed_secret)',
      }),
    );
    await runner.query(isolateByTenant('changes', 'webhook_delivery', { app: 'SELECT, INSERT' }));
    for (const table of ['known_service', 'known_incident']) {
      await runner.query(isolateByTenant('changes', table, WRITTEN));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

const CHANGES = `
CREATE TABLE changes.change (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  version int NOT NULL,
  number int NOT NULL,
  title text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  service_ids text[] NOT NULL,
  environment text NOT NULL,
  rollback_plan text,
  requester_id text NOT NULL,
  unplanned boolean NOT NULL,
  remedy_for_incident_id text,
  rolls_back_change_id text,
  authorized_by text,
  authorized_at timestamptz,
  close_code text,
  registered_at timestamptz NOT NULL,
  UNIQUE (tenant_id, number)
);
CREATE INDEX change_page ON changes.change (tenant_id, id DESC);
CREATE INDEX change_services ON changes.change USING gin (service_ids);

CREATE TABLE changes.deployment (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  version int NOT NULL,
  origin text NOT NULL,
  external_id text NOT NULL,
  state text NOT NULL,
  service_name text NOT NULL,
  service_id text,
  environment text NOT NULL,
  reference text NOT NULL,
  change_id text,
  reported_at timestamptz NOT NULL,
  deployed_at timestamptz,
  ended_at timestamptz,
  UNIQUE (tenant_id, origin, external_id)
);
CREATE INDEX deployment_live ON changes.deployment (tenant_id, service_id, deployed_at) WHERE deployed_at IS NOT NULL;
CREATE INDEX deployment_change ON changes.deployment (change_id)`;

const SUSPICION = `
CREATE TABLE changes.suspected_change (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  version int NOT NULL,
  incident_id text NOT NULL,
  change_id text NOT NULL,
  change_number int NOT NULL,
  deployment_id text NOT NULL,
  state text NOT NULL,
  confidence text NOT NULL,
  points int NOT NULL,
  reasons text[] NOT NULL,
  minutes_before float8 NOT NULL,
  advice text NOT NULL,
  advice_reason text NOT NULL,
  UNIQUE (tenant_id, incident_id, change_id)
);

CREATE TABLE changes.rollback_suggestion (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  version int NOT NULL,
  suspected_change_id text NOT NULL,
  incident_id text NOT NULL,
  change_id text NOT NULL,
  change_number int NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  rollback_change_id text UNIQUE,
  decided_by text,
  UNIQUE (tenant_id, suspected_change_id)
);
CREATE INDEX rollback_suggestion_change ON changes.rollback_suggestion (tenant_id, change_id);
CREATE INDEX rollback_suggestion_incident ON changes.rollback_suggestion (tenant_id, incident_id)`;

const SOURCES = `
CREATE TABLE changes.deployment_source (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  version int NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  sealed_secret text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, name)
);

CREATE TABLE changes.webhook_delivery (
  source_id text NOT NULL,
  delivery_id text NOT NULL,
  tenant_id text NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (source_id, delivery_id)
)`;

const PROJECTIONS = `
CREATE TABLE changes.known_service (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  key text NOT NULL,
  depends_on text[] NOT NULL
);
CREATE INDEX known_service_key ON changes.known_service (tenant_id, key);
CREATE INDEX known_service_depends_on ON changes.known_service USING gin (depends_on);

CREATE TABLE changes.known_incident (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  service_id text,
  environment text,
  priority text NOT NULL,
  detected_at timestamptz NOT NULL,
  state text NOT NULL
);
CREATE INDEX known_incident_open ON changes.known_incident (tenant_id, service_id, detected_at) WHERE state = 'OPEN'`;

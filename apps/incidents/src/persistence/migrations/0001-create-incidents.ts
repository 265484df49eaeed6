import { counterTable, isolateByTenant, tenantFunction, timelineTable } from '@graphdesk/database';
import { messagingTables } from '@graphdesk/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const write = { app: 'SELECT, INSERT, UPDATE' };
const append = { app: 'SELECT, INSERT' };

const GRANTS = {
  incident: write,
  alert: write,
  intake_delivery: append,
  intake_source: { ...append, engine: 'SELECT (id, tenant_id, kind, secret_digest)' },
  priority_matrix: append,
  catalog_service: write,
  catalog_person: write,
  catalog_tenant: write,
};

export class CreateIncidents1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('incidents'));
    await runner.query(messagingTables('incidents'));
    await runner.query(timelineTable('incidents'));
    await runner.query(counterTable('incidents'));
    await runner.query(INCIDENTS);
    await runner.query(INTAKE);
    await runner.query(PROJECTIONS);
    for (const [table, grants] of Object.entries(GRANTS)) {
      await runner.query(isolateByTenant('incidents', table, grants));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, then contract');
  }
}

const INCIDENTS = `
CREATE TABLE incidents.incident (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  version int NOT NULL,
  number int NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  state text NOT NULL CHECK (state IN ('NEW', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED', 'CANCELED')),
  on_hold_reason text CHECK ((on_hold_reason IS NOT NULL) = (state = 'ON_HOLD')),
  impact text NOT NULL,
  urgency text NOT NULL,
  priority text NOT NULL,
  matrix_version int NOT NULL,
  classification_reasons text[] NOT NULL,
  service_id text,
  environment text,
  origin text NOT NULL,
  signature text,
  dedup_key text,
  owner_id text,
  reporter_id text,
  resolution_code text,
  resolution_notes text,
  resolved_by text,
  impact_started_at timestamptz,
  detected_at timestamptz NOT NULL,
  declared_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  mitigated_at timestamptz,
  resolved_at timestamptz,
  recovery_validated_at timestamptz,
  closed_at timestamptz,
  canceled_at timestamptz,
  UNIQUE (tenant_id, number)
);
-- The last wall against two open incidents of one kind; the lock that deliveries take is the first.
CREATE UNIQUE INDEX incident_one_open_per_kind ON incidents.incident (tenant_id, dedup_key)
  WHERE dedup_key IS NOT NULL AND state IN ('NEW', 'IN_PROGRESS', 'ON_HOLD');
CREATE INDEX incident_list ON incidents.incident (tenant_id, id DESC);
CREATE INDEX incident_kind ON incidents.incident (tenant_id, dedup_key, id DESC) WHERE dedup_key IS NOT NULL;
CREATE INDEX incident_of_service ON incidents.incident (tenant_id, service_id, id DESC);
CREATE INDEX incident_of_owner ON incidents.incident (tenant_id, owner_id, id DESC);
-- Something that happened elsewhere stands on a timeline once, however often its event comes.
CREATE UNIQUE INDEX timeline_annotation ON incidents.timeline_entry
  (aggregate_id, (detail->>'kind'), (detail->>'referenceId')) WHERE kind = 'INCIDENT_ANNOTATED'`;

const INTAKE = `
CREATE TABLE incidents.intake_source (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  version int NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  secret_digest text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE TABLE incidents.intake_delivery (
  tenant_id text NOT NULL,
  source_id text NOT NULL,
  digest text NOT NULL,
  received_at timestamptz NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (source_id, digest)
);
CREATE TABLE incidents.alert (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  source_id text NOT NULL,
  incident_id text,
  fingerprint text NOT NULL,
  name text NOT NULL,
  status text NOT NULL,
  severity text NOT NULL,
  labels jsonb NOT NULL,
  annotations jsonb NOT NULL,
  generator_url text,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  received_at timestamptz NOT NULL,
  delivery_digest text NOT NULL,
  UNIQUE (source_id, fingerprint, starts_at)
);
CREATE INDEX alert_of_incident ON incidents.alert (tenant_id, incident_id, id)`;

const PROJECTIONS = `
CREATE TABLE incidents.priority_matrix (
  tenant_id text NOT NULL,
  version int NOT NULL,
  tables jsonb NOT NULL,
  PRIMARY KEY (tenant_id, version)
);
CREATE TABLE incidents.catalog_service (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  tier text NOT NULL,
  accountable_person_id text,
  depends_on text[] NOT NULL
);
CREATE INDEX catalog_service_key ON incidents.catalog_service (tenant_id, key);
CREATE TABLE incidents.catalog_person (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  name text NOT NULL
);
CREATE TABLE incidents.catalog_tenant (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  service_desk_lead_id text
)`;

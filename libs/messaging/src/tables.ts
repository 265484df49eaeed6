import { isolateByTenant } from '@graphdesk/database';

/** SQL for the outbox, inbox and relay lease of one service; part of its first migration. */
export function messagingTables(schema: string): string {
  return `
CREATE TABLE ${schema}.outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id text NOT NULL UNIQUE,
  tenant_id text NOT NULL,
  aggregate_id text NOT NULL,
  aggregate_version int NOT NULL,
  envelope jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  attempts int NOT NULL DEFAULT 0,
  published_at timestamptz,
  published_seq bigint,
  stream_incarnation text,
  UNIQUE (aggregate_id, aggregate_version)
);
CREATE INDEX outbox_unpublished ON ${schema}.outbox (seq) WHERE published_at IS NULL;
CREATE INDEX outbox_in_stream ON ${schema}.outbox (stream_incarnation, published_seq);
${isolateByTenant(schema, 'outbox', {
  app: 'INSERT',
  engine: 'SELECT, UPDATE (attempts, published_at, published_seq, stream_incarnation)',
})};

CREATE TABLE ${schema}.inbox (
  consumer text NOT NULL,
  event_id text NOT NULL,
  tenant_id text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
${isolateByTenant(schema, 'inbox', { app: 'SELECT, INSERT', engine: 'SELECT' })};

CREATE TABLE ${schema}.inbox_position (
  consumer text NOT NULL,
  aggregate_id text NOT NULL,
  tenant_id text NOT NULL,
  version int NOT NULL,
  PRIMARY KEY (consumer, aggregate_id)
);
${isolateByTenant(schema, 'inbox_position', { app: 'SELECT, INSERT, UPDATE', engine: 'SELECT' })};

CREATE TABLE ${schema}.inbox_pending (
  consumer text NOT NULL,
  event_id text NOT NULL,
  tenant_id text NOT NULL,
  aggregate_id text NOT NULL,
  aggregate_version int NOT NULL,
  reason text NOT NULL,
  envelope jsonb NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_pending_order ON ${schema}.inbox_pending (consumer, aggregate_id, aggregate_version);
${isolateByTenant(schema, 'inbox_pending', { app: 'SELECT, INSERT, UPDATE, DELETE', engine: 'SELECT' })};

CREATE TABLE ${schema}.relay_lease (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  holder text NOT NULL,
  expires_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON ${schema}.relay_lease TO ${schema}_engine`;
}

/** Tables without a tenant, each with its reason: the test that walks the catalog allows these alone. */
export const TABLES_WITHOUT_TENANT: Readonly<Record<string, string>> = {
  catch_up: 'one row per consumer: how far it has compared itself with its producer; holds no content',
  relay_lease: 'one row per service: which process publishes; holds no content',
  migration: 'names of applied migrations; holds no content',
};

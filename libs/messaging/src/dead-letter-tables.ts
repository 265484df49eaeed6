import { isolateByTenant } from '@graphdesk/database';

/**
 * SQL for what is known of events that did not take effect at once, and for who had parked ones applied again; part of a later
 * migration of each service. The engine role may not read what errors quote.
 */
export function deadLetterTables(schema: string): string {
  return `
CREATE TABLE ${schema}.inbox_attempt (
  consumer text NOT NULL,
  event_id text NOT NULL,
  tenant_id text NOT NULL,
  tries int NOT NULL,
  unfinished int NOT NULL DEFAULT 0,
  first_tried_at timestamptz NOT NULL DEFAULT now(),
  last_tried_at timestamptz NOT NULL DEFAULT now(),
  error_name text,
  error_fingerprint text,
  error_origin text,
  error_detail text,
  PRIMARY KEY (consumer, event_id)
);
${isolateByTenant(schema, 'inbox_attempt', {
  app: 'SELECT, INSERT, UPDATE, DELETE',
  engine:
    'SELECT (consumer, event_id, tenant_id, tries, unfinished, first_tried_at, last_tried_at, error_name, error_fingerprint, error_origin)',
})};

CREATE TABLE ${schema}.redrive (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id text NOT NULL,
  consumer text NOT NULL,
  aggregate_id text NOT NULL,
  event_id text NOT NULL,
  reason text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  applied int,
  remaining int
);
${isolateByTenant(schema, 'redrive', {
  app: 'SELECT, INSERT, UPDATE (finished_at, applied, remaining)',
  engine: 'SELECT',
})}`;
}

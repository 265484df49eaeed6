import { isolateByTenant } from '@graphdesk/database';

/**
 * SQL for a service's due work: one row per aggregate and kind, gone when it has fired or is asked for no more. `due` is when the
 * work is due; `wake_at` is when somebody should look at it next: its due time, the end of a claim's lease, or the next try.
 * Rows come and go, so the table is vacuumed early.
 */
export function timerTable(schema: string): string {
  return `
CREATE TABLE ${schema}.timer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id text NOT NULL,
  subject text NOT NULL,
  kind text NOT NULL,
  due timestamptz NOT NULL,
  wake_at timestamptz NOT NULL,
  epoch int NOT NULL DEFAULT 1,
  fencing int NOT NULL DEFAULT 0,
  tries int NOT NULL DEFAULT 0,
  error text,
  UNIQUE (tenant_id, subject, kind)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
CREATE INDEX timer_wake_at ON ${schema}.timer (wake_at);
${isolateByTenant(schema, 'timer', {
  app: 'SELECT, INSERT, UPDATE, DELETE',
  engine: 'SELECT, UPDATE (wake_at, fencing, tries, error)',
})}`;
}

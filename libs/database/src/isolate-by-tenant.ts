/** What each role of a service may do with a table, as in GRANT: `'SELECT, INSERT'`. The owner may do everything. */
export interface TableGrants {
  /** Requests and reactions: always within one tenant. */
  readonly app?: string;
  /** Relay, consumer bookkeeping, source look-up: across tenants, so keep it as narrow as a column list allows. */
  readonly engine?: string;
}

/**
 * SQL that makes a table belong to tenants: row-level security enabled and FORCEd (it binds the owner too), one policy per
 * role, and the grants. The table must have a column `tenant_id`. Without a tenant set, a query fails instead of finding nothing.
 */
export function isolateByTenant(schema: string, table: string, grants: TableGrants): string {
  const name = `${schema}.${table}`;
  const own = `tenant_id = (SELECT ${schema}.current_tenant())`;
  return [
    `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY owner_all ON ${name} TO ${schema}_owner USING (true) WITH CHECK (true)`,
    `CREATE POLICY app_tenant ON ${name} TO ${schema}_app USING (${own}) WITH CHECK (${own})`,
    ...(grants.app ? [`GRANT ${grants.app} ON ${name} TO ${schema}_app`] : []),
    ...(grants.engine
      ? [
          `CREATE POLICY engine_all ON ${name} TO ${schema}_engine USING (true) WITH CHECK (true)`,
          `GRANT ${grants.engine} ON ${name} TO ${schema}_engine`,
        ]
      : []),
  ].join(';\n');
}

/** SQL that every service's first migration begins with: the strict reading of the transaction's tenant. */
export function tenantFunction(schema: string): string {
  return `
CREATE FUNCTION ${schema}.current_tenant() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE tenant text := current_setting('graphdesk.tenant');
BEGIN
  IF tenant = '' THEN
    RAISE EXCEPTION 'no tenant is set for this transaction' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN tenant;
END $$;
GRANT EXECUTE ON FUNCTION ${schema}.current_tenant() TO ${schema}_app`;
}

/**
 * SQL for a service's timeline: the append-only record of everything that happened to its aggregates, one entry per event,
 * written in the transaction of the change.
 */
export function timelineTable(schema: string): string {
  return `
CREATE TABLE ${schema}.timeline_entry (
  event_id text PRIMARY KEY,
  tenant_id text NOT NULL,
  aggregate_id text NOT NULL,
  version int NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  actor_id text NOT NULL,
  detail jsonb NOT NULL,
  UNIQUE (aggregate_id, version)
);
${isolateByTenant(schema, 'timeline_entry', { app: 'SELECT, INSERT' })}`;
}

/** SQL for the counters behind human numbers such as INC-1042: one row per tenant and kind, gapless within a tenant. */
export function counterTable(schema: string): string {
  return `
CREATE TABLE ${schema}.counter (
  tenant_id text NOT NULL,
  name text NOT NULL,
  value int NOT NULL,
  PRIMARY KEY (tenant_id, name)
);
${isolateByTenant(schema, 'counter', { app: 'SELECT, INSERT, UPDATE' })}`;
}

import type { Sql } from './postgres.js';

/** Tables of a schema that lack part of the tenant wall: row-level security enabled and FORCEd, a tenant_id that is never null, the app's policy. */
export async function tablesOutsideTheWall(sql: Sql, schema: string): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT (
       c.relrowsecurity AND c.relforcerowsecurity
       AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull)
       AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'app_tenant' AND p.polcmd = '*'
                   AND pg_get_expr(p.polqual, p.polrelid) LIKE '%current_tenant()%'
                   AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%current_tenant()%'))
     ORDER BY 1`,
    [schema],
  );
  return rows.map((row) => row.name);
}

/** Views and functions that would see through the wall: views without security_invoker, SECURITY DEFINER functions. */
export async function holesInTheWall(sql: Sql, schema: string): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('v', 'm')
       AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
     UNION SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = $1 AND p.prosecdef`,
    [schema],
  );
  return rows.map((row) => row.name);
}

/** Roles of a service that could ignore the wall: superusers, BYPASSRLS, or the app role owning a table. */
export async function rolesAboveTheWall(sql: Sql, schema: string): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `SELECT rolname AS name FROM pg_roles WHERE rolname LIKE $1 || '\\_%' AND (rolsuper OR rolbypassrls)
     UNION SELECT DISTINCT r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_roles r ON r.oid = c.relowner WHERE n.nspname = $1 AND r.rolname <> $1 || '_owner'`,
    [schema],
  );
  return rows.map((row) => row.name);
}

import type { Sql } from './postgres.js';

/** The database's time of one service's schema, moved by a test. */
export interface TimeTravel {
  /** All connections of the service see the time that much later from their next statement on. */
  forward(ms: number): Promise<void>;
}

/**
 * Puts a `now()` of our own before the server's in a schema's search path, as superuser. What is due, dated or expired by `now()`
 * then follows the test; a service's `DatabaseClock` too, once it asks again (`sync`).
 */
export async function timeTravel(sql: Sql, schema: string): Promise<TimeTravel> {
  // In one transaction: the grant makes every connection plan its prepared statements anew, and they must find the function then.
  await sql(
    `CREATE SCHEMA IF NOT EXISTS time_travel;
     GRANT USAGE ON SCHEMA time_travel TO PUBLIC;
     CREATE TABLE time_travel.${schema} (ahead interval NOT NULL);
     GRANT SELECT ON time_travel.${schema} TO PUBLIC;
     INSERT INTO time_travel.${schema} VALUES ('0');
     CREATE FUNCTION ${schema}.now() RETURNS timestamptz LANGUAGE sql STABLE
     AS 'SELECT pg_catalog.now() + ahead FROM time_travel.${schema}'`,
  );
  return {
    async forward(ms) {
      await sql(`UPDATE time_travel.${schema} SET ahead = ahead + $1 * interval '1 ms'`, [ms]);
    },
  };
}

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listOf } from '../src/dead-letter.js';
import { WAITING } from '../src/waiting-aggregate.js';
import { startProbe, TENANT, type Probe } from './probe.js';

const AGGREGATES = 200_000;

let test: Probe;
beforeAll(async () => {
  test = await startProbe(undefined, { start: false });
  await test.sql(
    `INSERT INTO probe.inbox_pending (consumer, event_id, tenant_id, aggregate_id, aggregate_version, reason, envelope)
     SELECT 'elsewhere', 'evt_' || n, $1, 'inc_' || n, 2, 'PARK_UNKNOWN', '{"source":"/graphdesk/elsewhere"}'
     FROM generate_series(1, $2::int) AS n`,
    [TENANT, AGGREGATES],
  );
  await test.sql('ANALYZE probe.inbox_pending');
});
afterAll(() => test.stop());

it.each([
  ['a look at what waits', WAITING, ["''", "''", '1000', '100']],
  ['a page of the dead letters', listOf(false), ["''", "''", 'NULL', '100']],
  ['a later page', listOf(false), ["'elsewhere'", "'inc_150000'", 'NULL', '100']],
  ["a page of a tenant's", listOf(true), ["''", "''", `'${TENANT}'`, '100']],
])('%s reads no more than a page, however much waits', async (_, statement, values) => {
  const look = withValues(statement.replaceAll(/inbox_\w+/g, 'probe.$&'), values);
  const [explained] = await test.sql<{ 'QUERY PLAN': unknown }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${look}`);
  const plan = JSON.stringify(explained);
  const read = [...plan.matchAll(/"Relation Name":"inbox_pending".*?"Actual Rows":([\d.]+)/g)].map(([, rows]) =>
    Number(rows),
  );
  expect(read.length).toBeGreaterThan(0);
  for (const rows of read) expect(rows).toBeLessThanOrEqual(101);
});

const withValues = (statement: string, values: readonly string[]): string =>
  values.reduce((text, value, at) => text.replaceAll(`$${at + 1}`, value), statement);

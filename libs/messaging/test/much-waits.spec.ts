import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WAITING } from '../src/waiting-aggregate.js';
import { startProbe, TENANT, type Probe } from './probe.js';

const AGGREGATES = 20_000;

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

it('a look at what waits reads a page of it, however much that is', async () => {
  const look = WAITING.replaceAll(/inbox_\w+/g, 'probe.$&');
  const [explained] = await test.sql<{ 'QUERY PLAN': unknown }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${withValues(look)}`);
  const plan = JSON.stringify(explained);
  const read = [...plan.matchAll(/"Relation Name":"inbox_pending".*?"Actual Rows":([\d.]+)/g)].map(([, rows]) =>
    Number(rows),
  );
  expect(read.length).toBeGreaterThan(0);
  for (const rows of read) expect(rows).toBeLessThanOrEqual(101);
});

const withValues = (statement: string): string =>
  ["''", "''", '1000', '100'].reduce((text, value, at) => text.replaceAll(`$${at + 1}`, value), statement);

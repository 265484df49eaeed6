// Due work of the running system: 100,000 clocks that run, 200 of them reach their target each second. How late is each on record,
// and how fast is a backlog worked off, beside bare SQL that does the same writes on the same database?
import pg from 'pg';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

import { startStack } from '../environment/stack.mjs';
import { percentile, spread } from './machine.mjs';

const OPEN = 100_000;
const DUE_PER_S = 200;
const SECONDS = 30;
const BACKLOG = 10_000;
/** As many as the engine fires at once. */
const LANES = 4;

export async function run() {
  const stack = await startStack({ freePorts: true, ownServers: true });
  const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: LANES + 1 });
  pool.on('error', () => undefined);
  try {
    await makeClocks(pool, stack.tenant, 'far', OPEN, `now() + interval '1 day'`);
    await pool.query('VACUUM ANALYZE sla.timer');
    await measureLateness(pool, stack.tenant);
    await measureBacklog(pool, stack.tenant);
  } finally {
    await pool.end();
    await stack.stop();
  }
}

/**
 * @param {pg.Pool} pool
 * @param {string} tenant
 */
async function measureLateness(pool, tenant) {
  const count = DUE_PER_S * SECONDS;
  const pace = `now() + interval '3 s' + n * interval '${1000 / DUE_PER_S} ms'`;
  await makeClocks(pool, tenant, 'paced', count, pace);
  await pool.query('CREATE TABLE bare_timer AS SELECT id, due FROM sla.timer');
  await pool.query('CREATE INDEX ON bare_timer (due)');
  const bare = await bareLateness(pool, count);
  const done = await breached(pool, 'paced', count);
  console.log(`lateness with ${OPEN} clocks open, ${DUE_PER_S} due/s for ${SECONDS} s (aim: p99 under 250 ms)`);
  console.log(`  on record (its transaction began): ${spread(done.map((row) => row.begun))}`);
  console.log(`  told to the world (the broker has it): ${spread(done.map((row) => row.published))}`);
  console.log(`  bare SQL, polled as often, one DELETE, no effect: ${spread(bare)}`);
  const ratio =
    percentile(
      done.map((row) => row.begun),
      0.99,
    ) / percentile(bare, 0.99);
  console.log(`  p99 against bare SQL: ${ratio.toFixed(1)}\n`);
}

/**
 * The same timers in a table of their own, taken away by one statement each 100 ms.
 * @param {pg.Pool} pool
 * @param {number} count
 */
async function bareLateness(pool, count) {
  /** @type {number[]} */
  const late = [];
  const deadline = performance.now() + (SECONDS + 30) * 1000;
  while (late.length < count && performance.now() < deadline) {
    const { rows } = await pool.query(
      `DELETE FROM bare_timer WHERE ctid IN (SELECT ctid FROM bare_timer WHERE due <= now() ORDER BY due LIMIT 64 FOR UPDATE SKIP LOCKED)
       RETURNING extract(epoch FROM now() - due)::float8 * 1000 AS ms`,
    );
    late.push(...rows.map((row) => row.ms));
    if (rows.length < 64) await wait(100);
  }
  return late;
}

/**
 * @param {pg.Pool} pool
 * @param {string} tenant
 */
async function measureBacklog(pool, tenant) {
  await makeClocks(pool, tenant, 'overdue', BACKLOG, `now() - interval '1 minute'`);
  const begin = performance.now();
  await breached(pool, 'overdue', BACKLOG);
  const rate = BACKLOG / ((performance.now() - begin) / 1000);
  const bare = await bareBacklog(pool, tenant);
  console.log(`a backlog of ${BACKLOG} overdue clocks`);
  console.log(
    `  ${rate.toFixed(0)} fired/s; bare SQL, the same four writes per transaction on ${LANES} connections: ${bare.toFixed(0)}/s`,
  );
  console.log(`  ratio ${(rate / bare).toFixed(2)}`);
}

/**
 * @param {pg.Pool} pool
 * @param {string} tenant
 */
async function bareBacklog(pool, tenant) {
  await pool.query('CREATE TABLE bare_backlog (id bigint PRIMARY KEY)');
  await pool.query('CREATE TABLE bare_clock AS SELECT * FROM sla.sla_clock WHERE id LIKE $$clk_overdue%$$');
  await pool.query('CREATE UNIQUE INDEX ON bare_clock (id)');
  await pool.query('CREATE TABLE bare_outbox (LIKE sla.outbox INCLUDING ALL)');
  await pool.query('CREATE TABLE bare_timeline (LIKE sla.timeline_entry INCLUDING ALL)');
  await pool.query('INSERT INTO bare_backlog SELECT generate_series(1, $1::int)', [BACKLOG]);
  let next = 0;
  const begin = performance.now();
  const lane = async () => {
    const client = await pool.connect();
    for (let n = (next += 1); n <= BACKLOG; n = next += 1) {
      const event = JSON.stringify({
        id: `evt_${n}`,
        type: 'graphdesk.sla.sla-clock-breached.v1',
        data: { incidentId: `inc_${n}` },
      });
      await client.query('BEGIN');
      await client.query('DELETE FROM bare_backlog WHERE id = $1', [n]);
      await client.query('UPDATE bare_clock SET version = version + 1, breach_recorded = now() WHERE id = $1', [
        `clk_overdue_${n}`,
      ]);
      await client.query(
        'INSERT INTO bare_outbox (event_id, tenant_id, aggregate_id, aggregate_version, envelope) VALUES ($1, $2, $3, 1, $4)',
        [`evt_${n}`, tenant, `clk_overdue_${n}`, event],
      );
      await client.query(
        `INSERT INTO bare_timeline (event_id, tenant_id, aggregate_id, version, kind, at, actor_id, detail, type, aggregate_type, correlation_id)
         VALUES ($1, $2, $3, 1, 'SLA_CLOCK_BREACHED', now(), 'system:sla', $4, 'graphdesk.sla.sla-clock-breached.v1', 'sla-clock', 'bench')`,
        [`evt_${n}`, tenant, `clk_overdue_${n}`, event],
      );
      await client.query('COMMIT');
    }
    client.release();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return BACKLOG / ((performance.now() - begin) / 1000);
}

/**
 * Waits until so many clocks have their breach on record and published.
 * @param {pg.Pool} pool
 * @param {string} name
 * @param {number} count
 * @returns {Promise<{ begun: number, published: number }[]>} milliseconds after they were due
 */
async function breached(pool, name, count) {
  const deadline = performance.now() + 180_000;
  for (;;) {
    const { rows } = await pool.query(
      `SELECT extract(epoch FROM o.created_at - c.breach_recorded)::float8 * 1000 AS begun,
              extract(epoch FROM o.published_at - c.breach_recorded)::float8 * 1000 AS published
       FROM sla.outbox o JOIN sla.sla_clock c ON c.id = o.aggregate_id
       WHERE o.aggregate_id LIKE 'clk_' || $1 || '%' AND o.published_at IS NOT NULL`,
      [name],
    );
    if (rows.length >= count) return rows;
    if (performance.now() > deadline) throw new Error(`only ${rows.length} of ${count} breaches after three minutes`);
    await wait(500);
  }
}

/**
 * Clocks that run, each with its one timer, as if their warning were on record already.
 * @param {pg.Pool} pool
 * @param {string} tenant
 * @param {string} name
 * @param {number} count
 * @param {string} breachesAt SQL over `n`
 */
async function makeClocks(pool, tenant, name, count, breachesAt) {
  await pool.query(
    `WITH policy AS (SELECT id, version FROM sla.sla_policy WHERE tenant_id = $1), made AS (
       SELECT 'clk_${name}_' || n AS id, date_trunc('milliseconds', ${breachesAt}) AS due FROM generate_series(1, $2::int) AS n
     ), clocks AS (
       INSERT INTO sla.sla_clock (id, tenant_id, version, incident_id, measure, state, priority, target_minutes, target_since,
         policy_id, policy_version, origin, started_at, intervals, incident_version, risk_recorded)
       SELECT made.id, $1, 0, 'inc' || made.id, 'TIME_TO_OWN', 'RUNNING', 'P1', 15, due - interval '15 minutes', policy.id, policy.version,
         'ALERT', due - interval '15 minutes', jsonb_build_array(jsonb_build_object('from', to_char((due - interval '15 minutes') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'to', NULL, 'counted', true, 'cause', 'RUNNING', 'eventId', 'evt_bench')), 1, due - interval '4 minutes'
       FROM made, policy
     )
     INSERT INTO sla.timer (tenant_id, subject, kind, due, wake_at)
     SELECT $1, id, 'BREACH', due + interval '1 ms', due + interval '1 ms' FROM made`,
    [tenant, count],
  );
}

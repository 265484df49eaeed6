// The way of an event from the outbox to its consumers: how fast a backlog leaves, and how long each event takes under load.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

import { startStack } from '../environment/stack.mjs';
import { loadSecrets } from '../environment/secrets.mjs';
import { spread } from './machine.mjs';
import { measureThroughput } from './relay-throughput.mjs';

/** Mutations each second: the aim's rate last, smaller ones before it, which tell a slow path from a full machine. */
const RATES = [50, 100, 200];
const SECONDS = 60;
const WARM_UP_S = 10;
const SERVICES = ['catalog', 'incidents', 'sla', 'changes', 'problems', 'communications'];

export async function run() {
  await measureThroughput();
  const dataDir = mkdtempSync(join(tmpdir(), 'graphdesk-bench-'));
  const stack = await startStack({ freePorts: true, ownServers: true, dataDir });
  const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 });
  pool.on('error', () => undefined);
  try {
    const acts = await actsOf(stack, loadSecrets(dataDir, SERVICES).envelopeKeys);
    await load(acts, 50, WARM_UP_S);
    console.log(
      'from the commit to the effect, in the time of the database, each service given its mutations directly',
    );
    for (const rate of RATES) await measureRate(pool, acts, rate);
  } finally {
    await pool.end();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * @param {pg.Pool} pool
 * @param {Act[]} acts
 * @param {number} rate
 */
async function measureRate(pool, acts, rate) {
  await drained(pool);
  const begin = performance.now();
  const { rows } = await pool.query('SELECT now()::text AS now');
  const cpu = busyShare();
  const { sent, failed } = await load(acts, rate, SECONDS);
  const took = (performance.now() - begin) / 1000;
  const busy = cpu();
  await drained(pool);
  const { events, effects } = await waysSince(pool, rows[0].now);
  console.log(
    `  ${rate} mutations/s for ${SECONDS} s: ${(sent / took).toFixed(0)}/s answered, ${failed} failed, ${(events / took).toFixed(0)} events/s, CPU ${(busy * 100).toFixed(0)} % busy`,
  );
  console.log(`    outbox to inbox: ${spread(effects)}${rate === 200 ? ' (aim: p99 under 300 ms)' : ''}`);
}

/** @typedef {() => Promise<boolean>} Act true when it was done */

/**
 * One mutation of each of five services, each on an aggregate of its own: the load is spread, and no lock is waited for. They go
 * to the services as the gateway would send them, so that its planning is not measured (`bench -- spine` does that).
 * @param {import('../environment/stack.mjs').Stack} stack
 * @param {Record<string, string>} envelopeKeys
 * @returns {Promise<Act[]>}
 */
async function actsOf(stack, envelopeKeys) {
  const { ENVELOPE_HEADER, parseEnvelopeKeys, signEnvelope } = await import('@graphdesk/identity');
  const serviceId = stack.describe().demo.services['intranet'];
  /** @typedef {import('@graphdesk/identity').Role} Role */
  /** @typedef {[mutation: string, variables: Record<string, unknown>]} Operation */
  /** A tenant has so many subscribers at most: each second one leaves again. @type {string[]} */
  const subscribers = [];
  /** @returns {Operation} */
  const comeOrGo = () => {
    const id = subscribers.shift();
    return id ? [LEAVE, { id }] : [COME, { input: { email: `${randomUUID()}@load.test`, serviceIds: [serviceId] } }];
  };
  /** @type {[service: string, role: Role, operation: () => Operation][]} */
  const kinds = [
    [
      'incidents',
      'responder',
      () => [INCIDENT, { input: { title: 'load', serviceId, impact: 'LOW', urgency: 'LOW' } }],
    ],
    [
      'changes',
      'change-requester',
      () => [CHANGE, { input: { title: 'load', kind: 'STANDARD', serviceIds: [serviceId] } }],
    ],
    ['problems', 'problem-manager', () => [PROBLEM, { input: { title: 'load', serviceId } }]],
    ['communications', 'communications-lead', comeOrGo],
    ['catalog', 'admin', () => [TEAM, { name: `Load ${randomUUID()}` }]],
  ];
  let complained = false;
  return kinds.map(([service, role, operation]) => {
    const url = new URL('/graphql', stack.services[service]?.url);
    const keys = parseEnvelopeKeys(envelopeKeys[service] ?? '');
    const actor = { id: stack.people[role] ?? '', tenantId: stack.tenant, roles: [role] };
    return async () => {
      const [query, variables] = operation();
      const body = JSON.stringify({ query, variables });
      const request = { audience: service, method: 'POST', path: '/graphql', body, actor, correlationId: randomUUID() };
      const headers = { 'content-type': 'application/json', [ENVELOPE_HEADER]: await signEnvelope(request, keys) };
      const answer = await fetch(url, { method: 'POST', body, headers }).then(
        (response) => response.json(),
        (error) => ({ errors: [String(error)] }),
      );
      const done = answer.data && answer.data.act.errors.length === 0;
      if (!done && !complained) console.error(service, JSON.stringify(answer));
      complained ||= !done;
      if (done && query === COME) subscribers.push(answer.data.act.subscriber.id);
      return done;
    };
  });
}

const INCIDENT = 'mutation ($input: ReportIncidentInput!) { act: reportIncident(input: $input) { errors { code } } }';
const CHANGE = 'mutation ($input: RegisterChangeInput!) { act: registerChange(input: $input) { errors { code } } }';
const PROBLEM = 'mutation ($input: RegisterProblemInput!) { act: registerProblem(input: $input) { errors { code } } }';
const COME =
  'mutation ($input: AddSubscriberInput!) { act: addSubscriber(input: $input) { subscriber { id } errors { code } } }';
const LEAVE = 'mutation ($id: ID!) { act: removeSubscriber(id: $id) { errors { code } } }';
const TEAM = 'mutation ($name: String!) { act: registerTeam(name: $name) { errors { code } } }';

/**
 * Sends at a steady rate, whatever the answers take.
 * @param {Act[]} acts
 * @param {number} rate
 * @param {number} seconds
 */
async function load(acts, rate, seconds) {
  const calls = [];
  const begin = performance.now();
  for (let n = 0; n < rate * seconds; n += 1) {
    const act = acts[n % acts.length];
    if (act) calls.push(act());
    await wait(Math.max(0, begin + ((n + 1) * 1000) / rate - performance.now()));
  }
  const done = await Promise.all(calls);
  return { sent: calls.length, failed: done.filter((each) => !each).length };
}

/**
 * Waits until every event is published and no effect has been added for two seconds.
 * @param {pg.Pool} pool
 */
async function drained(pool) {
  const counts = SERVICES.map(
    (name) => `SELECT (SELECT count(*) FROM ${name}.outbox WHERE published_at IS NULL) AS waiting,
                      (SELECT count(*) FROM ${name}.inbox) AS effects`,
  ).join(' UNION ALL ');
  let last = '';
  let since = performance.now();
  const deadline = since + 300_000;
  while (performance.now() - since < 2_000) {
    if (performance.now() > deadline) throw new Error('the events of the load did not all arrive within five minutes');
    const { rows } = await pool.query(
      `SELECT sum(waiting)::text AS waiting, sum(effects)::text AS effects FROM (${counts}) c`,
    );
    const [{ waiting, effects }] = rows;
    if (waiting !== '0' || effects !== last) since = performance.now();
    last = effects;
    await wait(200);
  }
}

/**
 * Every pair of an event and a consumer that applied it. Both times are those at which the transactions began.
 * @param {pg.Pool} pool
 * @param {string} since
 * @returns {Promise<{ events: number, effects: number[] }>} milliseconds per effect
 */
async function waysSince(pool, since) {
  const sent = SERVICES.map((name) => `SELECT event_id, created_at FROM ${name}.outbox WHERE created_at >= $1`);
  const taken = SERVICES.map((name) => `SELECT event_id, applied_at FROM ${name}.inbox WHERE applied_at >= $1`);
  const { rows } = await pool.query({
    text: `WITH sent AS (${sent.join(' UNION ALL ')}), taken AS (${taken.join(' UNION ALL ')})
           SELECT (SELECT count(*)::int FROM sent) AS events,
                  array_agg(extract(epoch FROM applied_at - created_at)::float8 * 1000) AS effects
           FROM sent JOIN taken USING (event_id)`,
    values: [since],
  });
  return { events: rows[0].events, effects: rows[0].effects ?? [] };
}

/** The share of all cores' time that was not idle, from now to the call of what is returned. */
function busyShare() {
  const read = () => {
    const [total = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    const times = total.trim().split(/\s+/).slice(1, 9).map(Number);
    return { idle: (times[3] ?? 0) + (times[4] ?? 0), all: times.reduce((sum, time) => sum + time, 0) };
  };
  const before = read();
  return () => {
    const after = read();
    return 1 - (after.idle - before.idle) / (after.all - before.all);
  };
}

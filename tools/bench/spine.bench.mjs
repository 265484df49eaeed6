// The whole system on one machine: how long until it answers, what it weighs, how fast an event reaches a subscriber.
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

import { repository } from '../environment/places.mjs';
import { startStack } from '../environment/stack.mjs';
import { percentile, spread } from './machine.mjs';

const STARTS = 3;
/** An act makes 1.75 events on average (an incident starts two clocks, an acknowledgement stops one): 28 acts are about 50 events. */
const ACTS_PER_S = 28;
const LOAD_S = 20;
const WARM_UP_S = 10;

export async function run() {
  await measureStart();
  const stack = await startStack({ freePorts: true, ownServers: true });
  try {
    await measureLatency(stack);
    measureMemory(stack);
  } finally {
    await stack.stop();
  }
}

/** `npm start` as a user types it, on an installed and built tree with data of its own, to the first answered query. */
async function measureStart() {
  const seconds = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'graphdesk-bench-'));
  try {
    for (let n = 0; n <= STARTS; n += 1) {
      const begin = performance.now();
      const child = spawn('npm', ['start', '--', '--free-ports', '--data-dir', dataDir], {
        cwd: repository,
        stdio: 'ignore',
        detached: true,
      });
      await firstAnswer(join(dataDir, 'dev.json'), begin);
      seconds.push((performance.now() - begin) / 1000);
      // As Ctrl-C does: to npm and to what it started.
      process.kill(-(child.pid ?? 0), 'SIGINT');
      await new Promise((resolve) => child.once('exit', resolve));
      while (existsSync(join(dataDir, 'launcher.lock'))) await wait(20);
      rmSync(join(dataDir, 'dev.json'));
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  const [first, ...later] = seconds;
  console.log(`npm start to the first answered query, packages installed and built (aim: under 20 s)`);
  console.log(`  first start, database made and demo tenant seeded: ${first?.toFixed(1)} s`);
  console.log(`  later starts: ${later.map((s) => s.toFixed(1)).join(', ')} s\n`);
}

/**
 * @param {string} devFile
 * @param {number} begin
 */
async function firstAnswer(devFile, begin) {
  while (performance.now() - begin < 120_000) {
    if (existsSync(devFile)) {
      const { gateway, tokens } = JSON.parse(readFileSync(devFile, 'utf8'));
      const answer = await ask(gateway.http, tokens.responder, '{ services(first: 1) { nodes { key } } }').catch(
        () => undefined,
      );
      if (answer?.data) return;
    }
    await wait(20);
  }
  throw new Error('npm start did not answer within two minutes');
}

/** @param {import('../environment/stack.mjs').Stack} stack */
function measureMemory(stack) {
  let rss = 0;
  let pss = 0;
  console.log('memory of the seven processes after the load (aim: under 1.1 GB together)');
  for (const { name, pid } of Object.values(stack.services)) {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const mib = (/** @type {string} */ key) =>
      Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024;
    rss += mib('Rss');
    pss += mib('Pss');
    console.log(`  ${name.padEnd(16)} rss ${mib('Rss').toFixed(0)} MiB, pss ${mib('Pss').toFixed(0)} MiB`);
  }
  console.log(`  ${'together'.padEnd(16)} rss ${rss.toFixed(0)} MiB, pss ${pss.toFixed(0)} MiB\n`);
}

/**
 * The acts of an incident after a deployment, at a steady rate: incidents reported and acknowledged, changes registered and
 * assessed. Two subscriptions, with fields of five subgraphs between them, hear of every event.
 * @param {import('../environment/stack.mjs').Stack} stack
 */
async function measureLatency(stack) {
  const { createClient } = await import('graphql-ws');
  const { WebSocket } = await import('ws');
  const client = createClient({
    url: stack.gateway.ws,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${stack.tokens.responder}` },
    lazy: false,
  });
  await new Promise((resolve) => client.on('connected', resolve));
  /** @type {{ at: number, latency: number }[]} */
  const heard = [];
  for (const query of SUBSCRIPTIONS) {
    client.subscribe(
      { query },
      {
        next: ({ data, errors }) => {
          if (errors) throw new Error(JSON.stringify(errors));
          const [event] = /** @type {{ occurredAt: string }[]} */ (Object.values(data ?? {}));
          const at = Date.parse(event?.occurredAt ?? '');
          heard.push({ at, latency: Date.now() - at });
        },
        error: (error) => {
          throw new Error(`the subscription failed: ${JSON.stringify(error)}`);
        },
        complete: () => undefined,
      },
    );
  }
  await load(stack, WARM_UP_S);
  const since = Date.now();
  const before = await eventsInStream(stack.natsUrl);
  const { sent, failed } = await load(stack, LOAD_S);
  const measured = () => heard.filter(({ at }) => at >= since);
  for (let waited = 0; measured().length < sent - failed && waited < 10_000; waited += 50) await wait(50);
  await client.dispose();
  const rate = ((await eventsInStream(stack.natsUrl)) - before) / LOAD_S;
  const latencies = measured().map(({ latency }) => latency);
  if (latencies.length < sent - failed)
    throw new Error(`${sent - failed} acts, but ${latencies.length} events heard of`);

  const bare = await bareLatency(stack.natsUrl);
  console.log(
    `from the commit to a subscriber's hands, ${ACTS_PER_S} acts/s, ${rate.toFixed(0)} events/s for ${LOAD_S} s (aim: p99 under 300 ms at 50 events/s)`,
  );
  console.log(`  ${spread(latencies)}; ${sent} acts, ${failed} failed`);
  console.log(`  bare JetStream, publish to ordered consumer at the same rate: ${spread(bare)}`);
  const ratio = percentile(latencies, 0.5) / percentile(bare, 0.5);
  console.log(`  ratio of the medians: ${ratio.toFixed(0)}\n`);
}

/** @typedef {() => [role: string, mutation: string, variables: Record<string, unknown>, done: (id: string) => void]} Act */

const SUBSCRIPTIONS = [
  `subscription { incidentChanged { kind occurredAt incident { reference priority service { name }
     slaClocks { measure state } suspectedChanges { confidence } updates { state } } } }`,
  'subscription { changeChanged { kind occurredAt change { reference state services { name } } } }',
];

/**
 * @param {import('../environment/stack.mjs').Stack} stack
 * @param {number} seconds
 */
async function load(stack, seconds) {
  const serviceId = stack.describe().demo.services['intranet'];
  /** @type {string[]} */
  const incidents = [];
  /** @type {string[]} */
  const changes = [];
  /** @type {Act} */
  const report = () => [
    'responder',
    REPORT,
    { input: { title: 'load', serviceId, impact: 'MEDIUM', urgency: 'LOW' } },
    (id) => incidents.push(id),
  ];
  /** @type {Act} */
  const register = () => [
    'change-requester',
    REGISTER,
    { input: { title: 'load', kind: 'NORMAL', serviceIds: [serviceId], rollbackPlan: 'back' } },
    (id) => changes.push(id),
  ];
  // What goes on with an earlier one begins another where none is there yet.
  /** @type {Act} */
  const acknowledge = () => {
    const id = incidents.shift();
    return id ? ['responder', ACKNOWLEDGE, { id }, () => undefined] : report();
  };
  /** @type {Act} */
  const assess = () => {
    const id = changes.shift();
    return id ? ['change-requester', ASSESS, { id }, () => undefined] : register();
  };
  const acts = [report, register, acknowledge, assess];
  const calls = [];
  let failed = 0;
  const begin = performance.now();
  for (let n = 0; n < seconds * ACTS_PER_S; n += 1) {
    const [role, mutation, variables, done] = (acts[n % acts.length] ?? report)();
    calls.push(
      ask(stack.gateway.http, stack.tokens[role] ?? '', mutation, variables).then((answer) => {
        const [payload] = /** @type {any[]} */ (Object.values(answer.data ?? {}));
        const entity = payload?.incident ?? payload?.change;
        if (entity) done(entity.id);
        else if ((failed += 1) === 1) console.error(JSON.stringify(answer));
      }),
    );
    await wait(Math.max(0, begin + ((n + 1) * 1000) / ACTS_PER_S - performance.now()));
  }
  await Promise.all(calls);
  return { sent: calls.length, failed };
}

const REPORT = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { incident { id } errors { code message } } }`;
const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeIncident(id: $id) { incident { id } errors { code message } } }`;
const REGISTER = `mutation ($input: RegisterChangeInput!) { registerChange(input: $input) { change { id } errors { code message } } }`;
const ASSESS = `mutation ($id: ID!) { assessChange(id: $id) { change { id } errors { code message } } }`;

/** @param {string} natsUrl */
async function eventsInStream(natsUrl) {
  const connection = await connect({ servers: natsUrl });
  try {
    return (await (await jetstreamManager(connection)).streams.info('GRAPHDESK')).state.last_seq;
  } finally {
    await connection.close();
  }
}

/** @param {string} natsUrl */
async function bareLatency(natsUrl) {
  const connection = await connect({ servers: natsUrl });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'BENCH', subjects: ['bench.>'] });
  try {
    const js = jetstream(connection);
    const consumer = await js.consumers.get('BENCH', {});
    const messages = await consumer.consume();
    /** @type {number[]} */
    const latencies = [];
    const total = ACTS_PER_S * 5;
    const reading = (async () => {
      for await (const message of messages) {
        latencies.push(performance.now() - Number(message.string()));
        if (latencies.length === total) break;
      }
    })();
    for (let n = 0; n < total; n += 1) {
      await js.publish('bench.event', String(performance.now()));
      await wait(1000 / ACTS_PER_S);
    }
    await reading;
    return latencies;
  } finally {
    await manager.streams.delete('BENCH');
    await connection.close();
  }
}

/**
 * @param {string} url
 * @param {string} token
 * @param {string} query
 * @param {Record<string, unknown>} [variables]
 * @returns {Promise<any>}
 */
async function ask(url, token, query, variables = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

// How fast a backlog leaves the outbox, beside the bare publish rate: the same bytes, client, server and disk, in the same run.
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

import { startNatsServer } from '../environment/nats.mjs';
import { cacheFolder, repository } from '../environment/places.mjs';
import { startPostgres } from '../environment/postgres.mjs';
import { provisionService, withClient } from '../environment/provision-database.mjs';

const EVENTS = 20_000;
/** Of each aggregate follow each other in the outbox, as when one transaction has several. */
const EVENTS_PER_AGGREGATE = 2;
/** Publishes under way at once in the bare measurement, as many as the relay's batch holds. */
const PIPELINE = 250;
/** The first warms up and does not count. */
const ROUNDS = 4;
const SAMPLE = join(repository, 'libs/contracts/src/incidents/incident-reported.v1.json');

/** @typedef {{ subject: string, id: string, text: string }} Message */

export async function measureThroughput() {
  const home = mkdtempSync(join(tmpdir(), 'graphdesk-bench-'));
  const postgres = await startPostgres({ home, password: randomBytes(18).toString('base64url') });
  const nats = await startNatsServer({ storeDir: join(home, 'nats'), cache: cacheFolder() });
  try {
    const engineUrl = await makeOutbox(postgres.url);
    const bytes = Buffer.byteLength(JSON.stringify(eventOf(0)));
    console.log(
      `a backlog of ${EVENTS} events of ${bytes} bytes, ${EVENTS_PER_AGGREGATE} per aggregate (aim: 0.5 of bare)`,
    );
    for (let round = 1; round <= ROUNDS; round += 1) {
      /** @type {ReturnType<typeof eventOf>[]} */
      const events = Array.from({ length: EVENTS }, (_, n) => eventOf(round * EVENTS + n));
      const drained = await drain(postgres.url, engineUrl, nats.url, events);
      const bare = await publishBare(nats.url, events);
      if (round === 1) continue;
      console.log(
        `  ${drained.toFixed(0)} events/s from the outbox, ${bare.toFixed(0)} bare publishes/s, ratio ${(drained / bare).toFixed(2)}`,
      );
    }
    console.log('');
  } finally {
    await nats.program.stop();
    await postgres.program.stop();
    rmSync(postgres.home, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }
}

const sample = JSON.parse(readFileSync(SAMPLE, 'utf8'));

/** @param {number} n */
function eventOf(n) {
  const aggregate = Math.floor(n / EVENTS_PER_AGGREGATE);
  const numbered = (/** @type {string} */ id, /** @type {number} */ number) =>
    id.slice(0, -8) + String(number).padStart(8, '0');
  return {
    ...sample,
    id: numbered(sample.id, n),
    subject: numbered(sample.subject, aggregate),
    subjectversion: (n % EVENTS_PER_AGGREGATE) + 1,
  };
}

/**
 * The tables of a service's messaging, and nothing else of it.
 * @param {string} url
 */
async function makeOutbox(url) {
  const { tenantFunction } = await import('@graphdesk/database');
  const { messagingTables } = await import('@graphdesk/messaging');
  const roles = await provisionService(url, 'bench');
  await withClient(roles.ownerUrl, async (client) => {
    await client.query(tenantFunction('bench'));
    await client.query(messagingTables('bench'));
  });
  return roles.engineUrl;
}

/**
 * @param {string} url
 * @param {string} engineUrl
 * @param {string} natsUrl
 * @param {ReturnType<typeof eventOf>[]} events
 * @returns {Promise<number>} events per second, from the relay's start to the last mark
 */
async function drain(url, engineUrl, natsUrl, events) {
  const { enginePool } = await import('@graphdesk/database');
  const { connectBroker, Relay } = await import('@graphdesk/messaging');
  const { pino } = await import('pino');
  await withClient(url, async (client) => {
    await client.query(
      `INSERT INTO bench.outbox (event_id, tenant_id, aggregate_id, aggregate_version, envelope)
       SELECT e->>'id', e->>'tenantid', e->>'subject', (e->>'subjectversion')::int, e
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS l (e, place) ORDER BY place`,
      [JSON.stringify(events)],
    );
    await client.query('VACUUM ANALYZE bench.outbox');
  });
  const pool = enginePool({ url: engineUrl, schema: 'bench' });
  const broker = await connectBroker({ url: natsUrl, name: 'bench' });
  await broker.ensureStream();
  const relay = new Relay(pool, broker, pino({ level: 'warn' }));
  try {
    const begin = performance.now();
    relay.start();
    const waiting = 'SELECT FROM outbox WHERE published_at IS NULL LIMIT 1';
    while ((await pool.query(waiting)).rowCount !== 0) await wait(20);
    return events.length / ((performance.now() - begin) / 1000);
  } finally {
    await relay.stop();
    await broker.connection.close();
    await pool.end();
  }
}

/**
 * @param {string} natsUrl
 * @param {ReturnType<typeof eventOf>[]} events
 */
async function publishBare(natsUrl, events) {
  const connection = await connect({ servers: natsUrl });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'BENCH', subjects: ['bench.>'] });
  const js = jetstream(connection);
  /** @type {Message[]} */
  const messages = events.map((event) => ({
    subject: `bench.${event.tenantid}.incidents.incident.${event.subject}.incident-reported`,
    id: event.id,
    text: JSON.stringify(event),
  }));
  try {
    let next = 0;
    const lane = async () => {
      for (let at = next++; at < messages.length; at = next++) {
        const { subject, id, text } = /** @type {Message} */ (messages[at]);
        await js.publish(subject, text, { msgID: id });
      }
    };
    const begin = performance.now();
    await Promise.all(Array.from({ length: PIPELINE }, lane));
    return messages.length / ((performance.now() - begin) / 1000);
  } finally {
    await manager.streams.delete('BENCH');
    await connection.close();
  }
}

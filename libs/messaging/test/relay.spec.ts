import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, STREAM, type EventEnvelope } from '@graphdesk/contracts';
import { eventually, publishEvents } from '@graphdesk/testing';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { pino } from 'pino';
import { connectBroker, EVENT_LIMIT_BYTES, Relay } from '../src/index.js';
import { RelayStore } from '../src/relay-store.js';
import { ignoredEvent, incidentEvent, startProbe, TENANT, type Probe } from './probe.js';

describe('events on their way out', () => {
  let test: Probe;
  beforeAll(async () => {
    test = await startProbe();
  });
  afterAll(() => test.stop());

  const unpublished = async (): Promise<number> =>
    (await test.sql('SELECT FROM incidents.outbox WHERE published_at IS NULL')).length;

  it('leave with the commit, in order per aggregate, their id as the message id', async () => {
    const ids = Array.from({ length: 20 }, () => newId('incident'));
    for (const version of [1, 2, 3]) await test.incidents.append(ids.map((id) => incidentEvent(id, version)));
    await eventually(async () => expect(await Promise.all(ids.map(test.applied))).toEqual(ids.map(() => [1, 2, 3])));
    await eventually(async () => expect(await unpublished()).toBe(0));
    expect(await messageIdsInStream(test.nats.url)).toEqual(
      (await test.sql<{ event_id: string }>('SELECT event_id FROM incidents.outbox ORDER BY published_seq')).map(
        (row) => row.event_id,
      ),
    );
  });

  it('a change that commits late is not overtaken by the next one of its aggregate while a batch is under way', async () => {
    await test.incidents.pause();
    const [late, other] = [newId('incident'), newId('incident')];
    let commit = (): void => undefined;
    let appended = (): void => undefined;
    const gate = new Promise<void>((resolve) => (commit = resolve));
    const inside = new Promise<void>((resolve) => (appended = resolve));
    const first = test.incidents.database.transaction(TENANT, async (tx) => {
      await test.incidents.outbox.append(tx, [incidentEvent(late, 1)]);
      appended();
      await gate;
    });
    await inside;
    await test.incidents.append([incidentEvent(other, 1), incidentEvent(other, 2)]);
    const store = new RelayStore(test.incidents.engine, 'spec');
    const underWay = await store.unpublished(2);
    expect(underWay.map(({ event }) => event.subject)).toEqual([other, other]);
    commit();
    await first;
    await test.incidents.append([incidentEvent(late, 2)]);
    const next = await store.unpublished(2, underWay);
    expect(next.map(({ event }) => [event.subject, event.subjectversion])).toEqual([
      [late, 1],
      [late, 2],
    ]);
    await test.incidents.resume();
    await eventually(async () => expect(await test.applied(late)).toEqual([1, 2]));
  });

  it('a rolled back change publishes nothing', async () => {
    const id = newId('incident');
    const failed = test.incidents.database.transaction(TENANT, async (tx) => {
      await test.incidents.outbox.append(tx, [incidentEvent(id, 1)]);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await test.sql('SELECT FROM incidents.outbox WHERE aggregate_id = $1', [id])).toEqual([]);
  });

  it('the largest that is taken arrives; one byte more is refused with the change that it tells of', async () => {
    const id = newId('incident');
    const sized = (version: number, bytes: number): EventEnvelope => {
      const event = ignoredEvent(id, version);
      const data = { ...(event.data as object), text: '' };
      const rest = bytes - Buffer.byteLength(JSON.stringify({ ...event, data }));
      return { ...event, data: { ...data, text: 'é'.repeat(Math.floor(rest / 2)) + 'e'.repeat(rest % 2) } };
    };
    const tooLarge = sized(2, EVENT_LIMIT_BYTES + 1);
    await test.incidents.append([sized(1, EVENT_LIMIT_BYTES)]);
    await expect(test.incidents.append([incidentEvent(id, 2), tooLarge])).rejects.toThrow(
      `${tooLarge.type} of ${id} has ${EVENT_LIMIT_BYTES + 1} bytes; ${EVENT_LIMIT_BYTES} at most are published`,
    );
    expect(await test.sql('SELECT version FROM incidents.timeline_entry WHERE aggregate_id = $1', [id])).toHaveLength(
      1,
    );
    await test.incidents.append([incidentEvent(id, 2)]);
    await eventually(async () => expect(await versionsInStreamOrder(test.nats.url, id)).toEqual([1, 2]));
  });

  it('wait while the broker is gone and leave when it is back', async () => {
    const id = newId('incident');
    await test.nats.kill();
    await test.incidents.append([incidentEvent(id, 1), incidentEvent(id, 2)]);
    expect(await unpublished()).toBe(2);
    await test.nats.restart();
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2]), { timeoutMs: 30_000 });
    await eventually(async () => expect(await unpublished()).toBe(0));
  });

  it('as a backlog of several batches leave in order, each once', async () => {
    const ids = Array.from({ length: 70 }, () => newId('incident'));
    const all = Array.from({ length: 10 }, (_, index) => index + 1);
    await test.incidents.pause();
    for (const version of all) await test.incidents.append(ids.map((id) => incidentEvent(id, version)));
    expect(await unpublished()).toBe(700);
    await test.incidents.resume();
    await eventually(async () => expect(await unpublished()).toBe(0));
    const attempts = await test.sql(
      'SELECT attempts, count(*)::int FROM incidents.outbox WHERE aggregate_id = ANY ($1) GROUP BY attempts',
      [ids],
    );
    expect(attempts).toEqual([{ attempts: 1, count: 700 }]);
    const inStream = (await messagesInStream(test.nats.url)).filter(({ subject }) => ids.includes(subject));
    for (const id of ids) {
      expect(inStream.filter(({ subject }) => subject === id).map(({ version }) => version)).toEqual(all);
    }
    // The readers' pace is not what this is about.
    const applied = async (): Promise<void> =>
      expect(await Promise.all(ids.map(test.applied))).toEqual(ids.map(() => all));
    await eventually(applied, { timeoutMs: 40_000 });
  });

  it('one relay at a time: a second one waits for the lease and order holds', async () => {
    const broker = await connectBroker({ url: test.nats.url, name: 'second relay' });
    const holder = await test.sql('SELECT holder FROM incidents.relay_lease');
    const second = new Relay(test.incidents.engine, broker, pino({ level: 'silent' }));
    second.start();
    const ids = Array.from({ length: 10 }, () => newId('incident'));
    for (let version = 1; version <= 10; version += 1) {
      await test.incidents.append(ids.map((id) => incidentEvent(id, version)));
    }
    const all = Array.from({ length: 10 }, (_, index) => index + 1);
    await eventually(async () => expect(await Promise.all(ids.map(test.applied))).toEqual(ids.map(() => all)));
    expect(await versionsInStreamOrder(test.nats.url, ids[0] ?? '')).toEqual(all);
    expect(await test.sql('SELECT holder FROM incidents.relay_lease')).toEqual(holder);
    await second.stop();
    await broker.connection.close();
  });

  it('an event that the stream has already is not stored twice', async () => {
    const id = newId('incident');
    const event = incidentEvent(id, 1);
    await publishEvents(test.nats.url, [event]);
    await test.incidents.append([event]);
    await eventually(async () => expect(await unpublished()).toBe(0));
    expect((await messageIdsInStream(test.nats.url)).filter((messageId) => messageId === event.id)).toHaveLength(1);
  });
});

async function messagesInStream(url: string): Promise<{ id: string; subject: string; version: number }[]> {
  const connection = await connect({ servers: url });
  try {
    const consumer = await jetstream(connection).consumers.get(STREAM, {});
    const found = [];
    const { num_pending: total } = await consumer.info();
    if (total > 0) {
      for await (const message of await consumer.fetch({ max_messages: total, expires: 5_000 })) {
        const event = message.json<{ subject: string; subjectversion: number }>();
        found.push({
          id: message.headers?.get('Nats-Msg-Id') ?? '',
          subject: event.subject,
          version: event.subjectversion,
        });
      }
    }
    return found;
  } finally {
    await connection.close();
  }
}

async function messageIdsInStream(url: string): Promise<string[]> {
  return (await messagesInStream(url)).map((message) => message.id);
}

async function versionsInStreamOrder(url: string, incidentId: string): Promise<number[]> {
  return (await messagesInStream(url))
    .filter((message) => message.subject === incidentId)
    .map((message) => message.version);
}

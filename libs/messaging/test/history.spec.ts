import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type EventEnvelope } from '@graphdesk/contracts';
import { eventually, publishEvents } from '@graphdesk/testing';
import { connect } from '@nats-io/transport-node';
import { pino } from 'pino';
import { BYTES_PER_REPLY } from '../src/history-request.js';
import { HistoryClient, withoutThose } from '../src/history-client.js';
import { HistoryStore } from '../src/history-store.js';
import { Pruner, PRUNE_BATCH } from '../src/pruner.js';
import { ignoredEvent, incidentEvent, startProbe, TENANT, type Probe } from './probe.js';
import { emptyStream, forgetMessage } from './stream.js';

describe('history', () => {
  let test: Probe;
  beforeAll(async () => {
    test = await startProbe(undefined, { compareMs: 500 });
  });
  afterAll(() => test.stop());

  const allPublished = (): Promise<void> =>
    eventually(async () =>
      expect(await test.sql('SELECT FROM incidents.outbox WHERE published_at IS NULL')).toEqual([]),
    );
  const prune = (side: 'incidents' | 'probe'): Promise<number> =>
    new Pruner(test[side].engine, ['probe:incidents.incident'], pino({ level: 'silent' })).prune();

  it('is the events as they were published, but for the trace of a request that is over', async () => {
    const id = newId('incident');
    const events = [
      incidentEvent(id, 1, { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }),
      incidentEvent(id, 2, { causationid: newId('event'), time: '2026-11-23T02:00:04.120Z' }),
    ];
    await test.incidents.append(events);
    const recorded = await new HistoryStore(test.incidents.engine).events([{ aggregateId: id, from: 1, to: 2 }]);
    const { traceparent, ...first } = events[0] as EventEnvelope;
    expect(traceparent).toBeDefined();
    expect(recorded).toEqual([first, events[1]]);
  });

  it('comes in replies that fit into a message: a large event alone, the rest when asked again', async () => {
    const [large, small] = [newId('incident'), newId('incident')];
    const bulky = (version: number): EventEnvelope => {
      const event = ignoredEvent(large, version);
      return { ...event, data: { ...(event.data as object), text: 'x'.repeat(BYTES_PER_REPLY * 0.9) } };
    };
    await test.incidents.append([bulky(1), bulky(2), incidentEvent(small, 1)]);
    const connection = await connect({ servers: test.nats.url });
    const history = new HistoryClient(connection);
    let wanted = [large, small].map((aggregateId) => ({ aggregateId, from: 1, to: 9 }));
    const replies = [];
    for (let reply = await history.events('incidents', wanted); reply.length > 0;) {
      replies.push(reply.map((event) => `${event.subject} ${event.subjectversion}`));
      wanted = [...withoutThose(wanted, reply)];
      reply = await history.events('incidents', wanted);
    }
    await connection.close();
    expect(replies).toEqual([[`${large} 1`], [`${large} 2`, `${small} 1`]]);
  });

  it('a hole in the middle of the stream that no later event shows is found by comparing', async () => {
    const id = newId('incident');
    await test.probe.pause();
    await test.incidents.append([incidentEvent(id, 1), incidentEvent(id, 2)]);
    await allPublished();
    const [last] = await test.sql<{ seq: string }>(
      'SELECT published_seq AS seq FROM incidents.outbox WHERE aggregate_id = $1 AND aggregate_version = 2',
      [id],
    );
    await forgetMessage(test.nats.url, Number(last?.seq));
    await test.probe.resume();
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2]), { timeoutMs: 20_000 });
  });

  it('old rows of outbox and inbox go, in batches; young ones and those that wait stay', async () => {
    const [id, waiting] = [newId('incident'), newId('incident')];
    const events = [1, 2, 3].map((version) => incidentEvent(id, version));
    await test.incidents.append(events);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    await allPublished();
    const count = PRUNE_BATCH + 100;
    await test.sql(
      `INSERT INTO incidents.outbox (event_id, tenant_id, aggregate_id, aggregate_version, envelope, published_at)
       SELECT 'evt_' || n, $2, $3, n, '{}', now() FROM generate_series(1, $1) n`,
      [count, TENANT, waiting],
    );
    await test.sql(
      `INSERT INTO probe.inbox (consumer, event_id, tenant_id)
       SELECT 'probe:incidents.incident', 'evt_' || n, $2 FROM generate_series(1, $1) n`,
      [count, TENANT],
    );
    await test.sql(`UPDATE incidents.outbox SET published_at = now() - interval '8 days' WHERE aggregate_version <> 2`);
    await test.sql(`UPDATE probe.inbox SET applied_at = now() - interval '8 days'`);

    expect(await prune('incidents')).toBeGreaterThan(count);
    const left =
      'SELECT aggregate_id, aggregate_version FROM incidents.outbox WHERE aggregate_id = ANY ($1) ORDER BY seq';
    expect(await test.sql(left, [[id, waiting]])).toEqual([
      { aggregate_id: id, aggregate_version: 2 },
      { aggregate_id: waiting, aggregate_version: 2 },
    ]);
    expect(await prune('probe')).toBeGreaterThanOrEqual(count + 3);
    expect([await prune('incidents'), await prune('probe')]).toEqual([0, 0]);
    expect(await test.sql('SELECT FROM probe.inbox')).toEqual([]);

    // Nothing but their versions tells that they are old.
    await publishEvents(test.nats.url, events, { repeat: true });
    await test.incidents.append([incidentEvent(id, 4)]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3, 4]));
    expect(await test.parked()).toEqual([]);
  });

  it('an event that neither stream nor outbox has comes from the timeline', async () => {
    const id = newId('incident');
    await test.probe.pause();
    await test.incidents.append([1, 2, 3].map((version) => incidentEvent(id, version)));
    await allPublished();
    await test.sql(`UPDATE incidents.outbox SET published_at = now() - interval '8 days'`);
    await prune('incidents');
    expect(await test.sql('SELECT FROM incidents.outbox')).toEqual([]);
    await emptyStream(test.nats.url);
    await test.incidents.append([incidentEvent(id, 4)]);
    await test.probe.resume();
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3, 4]), { timeoutMs: 20_000 });
  });
});

describe('a consumer added later', () => {
  let test: Probe;
  beforeAll(async () => {
    test = await startProbe(undefined, { start: false });
  });
  afterAll(() => test.stop());

  const history = Array.from({ length: 12 }, () => newId('incident')).sort();
  const comparison = async (): Promise<{ after_aggregate: string; done: boolean } | undefined> =>
    (
      await test.sql<{ after_aggregate: string; done: boolean }>(
        'SELECT after_aggregate, completed_at IS NOT NULL AS done FROM probe.catch_up',
      )
    )[0];

  it('ends complete, in order, although the stream has forgotten; nothing is applied twice', async () => {
    for (const version of [1, 2, 3]) await test.incidents.append(history.map((id) => incidentEvent(id, version)));
    await eventually(async () =>
      expect(await test.sql('SELECT FROM incidents.outbox WHERE published_at IS NULL')).toEqual([]),
    );
    await emptyStream(test.nats.url);
    await test.incidents.append(history.slice(0, 3).map((id) => incidentEvent(id, 4)));
    await test.probe.resume();
    await eventually(async () => expect(await comparison()).toEqual({ after_aggregate: '', done: true }), {
      timeoutMs: 20_000,
    });
    const expected = history.map((_, index) => (index < 3 ? [1, 2, 3, 4] : [1, 2, 3]));
    await eventually(async () => expect(await Promise.all(history.map(test.applied))).toEqual(expected));
    expect(await test.parked()).toEqual([]);
  });

  it('killed half-way it goes on where it was', async () => {
    await test.probe.pause();
    await test.sql('TRUNCATE probe.inbox, probe.inbox_position, probe.applied');
    await test.sql('UPDATE probe.catch_up SET after_aggregate = $1, completed_at = NULL, due_at = now()', [history[5]]);
    await test.probe.resume();
    await eventually(async () => expect((await comparison())?.done).toBe(true), { timeoutMs: 20_000 });
    const seen = await Promise.all(history.map(test.applied));
    expect(seen.map((versions) => versions.length)).toEqual(history.map((_, index) => (index > 5 ? 3 : 0)));
  });

  it('waits for a producer that is down, and reads the stream meanwhile', async () => {
    await test.probe.pause();
    await test.sql('TRUNCATE probe.inbox, probe.inbox_position, probe.applied, probe.catch_up');
    const id = newId('incident');
    await test.incidents.append([incidentEvent(id, 1)]);
    await eventually(async () =>
      expect(await test.sql('SELECT FROM incidents.outbox WHERE published_at IS NULL')).toEqual([]),
    );
    await test.incidents.pause();
    await test.probe.resume();
    await eventually(async () => expect(await test.applied(id)).toEqual([1]));
    expect((await comparison())?.done).not.toBe(true);
    await test.incidents.resume();
    await eventually(async () => expect((await comparison())?.done).toBe(true), { timeoutMs: 20_000 });
    expect((await Promise.all(history.map(test.applied))).flat()).toHaveLength(39);
  });
});

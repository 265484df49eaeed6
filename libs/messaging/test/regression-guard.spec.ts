import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { eventually } from '@graphdesk/testing';
import type { PubAck } from '@nats-io/jetstream';
import { pino } from 'pino';
import { connectBroker, Relay, type Broker } from '../src/index.js';
import { incidentEvent, startProbe, type Probe } from './probe.js';

describe('a stream that is set back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'graphdesk-spec-'));
  const [storeDir, copy] = [join(folder, 'store'), join(folder, 'copy')];
  let test: Probe;
  beforeAll(async () => {
    test = await startProbe(undefined, { storeDir });
  });
  afterAll(async () => {
    await test.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const published = async (incidentId: string): Promise<{ seq: number; attempts: number }[]> =>
    test.sql(
      `SELECT published_seq::int AS seq, attempts FROM incidents.outbox
       WHERE aggregate_id = $1 AND published_at IS NOT NULL ORDER BY aggregate_version`,
      [incidentId],
    );

  it('while the relay is connected gets everything again that it lost, also when more events wait than it lost', async () => {
    await test.incidents.pause();
    const broker = await connectBroker({ url: test.nats.url, name: 'spec' });
    // One that looks at a quiet stream so seldom that it must notice by itself.
    const relay = new Relay(test.incidents.engine, broker, pino({ level: 'silent' }), 3_600_000);
    relay.start();
    const id = newId('incident');
    await test.incidents.append([incidentEvent(id, 1), incidentEvent(id, 2)]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2]));
    await eventually(async () => expect(await published(id)).toHaveLength(2));
    await test.nats.kill();
    cpSync(storeDir, copy, { recursive: true });
    await test.nats.restart();
    await test.incidents.append([incidentEvent(id, 3)]);
    await eventually(async () => expect(await published(id)).toHaveLength(3), { timeoutMs: 30_000 });
    const [, , lost] = await published(id);

    await test.nats.kill();
    rmSync(storeDir, { recursive: true });
    cpSync(copy, storeDir, { recursive: true });
    const other = newId('incident');
    const late = [1, 2, 3, 4].map((version) => incidentEvent(other, version));
    await test.incidents.append(late);
    await test.nats.restart();

    const all = [{ attempts: 1 }, { attempts: 1 }, { attempts: 2 }];
    await eventually(async () => expect(await published(id)).toMatchObject(all), { timeoutMs: 30_000 });
    await eventually(async () => expect(await published(other)).toHaveLength(4));
    const { messages, last_seq: end } = (await inspect(test.nats.url)).state;
    expect({ messages, end }).toEqual({ messages: 7, end: 7 });
    expect(lost?.seq).toBe(3);
    await eventually(async () => expect(await test.applied(other)).toEqual([1, 2, 3, 4]));
    expect(await test.applied(id)).toEqual([1, 2, 3]);
    await relay.stop();
    await broker.connection.close();
    await test.incidents.resume();
  });

  it('between the look at it and a publish shows by a number given twice', async () => {
    await test.incidents.pause();
    const broker = await connectBroker({ url: test.nats.url, name: 'spec' });
    const id = newId('incident');
    const honest = new Relay(test.incidents.engine, broker, pino({ level: 'silent' }));
    honest.start();
    await test.incidents.append([1, 2, 3].map((version) => incidentEvent(id, version)));
    await eventually(async () => expect(await published(id)).toHaveLength(3));
    await honest.stop();
    const [, second] = await published(id);

    // The broker's answer as it would be had its stream ended before the second event.
    const relay = new Relay(test.incidents.engine, onceAnswering(broker, second?.seq ?? 0), pino({ level: 'silent' }));
    relay.start();
    await test.incidents.append([incidentEvent(id, 4)]);
    await eventually(async () => expect((await published(id)).map(({ attempts }) => attempts)).toEqual([1, 2, 2, 1]));
    await relay.stop();
    await broker.connection.close();
    await test.incidents.resume();
  });
});

async function inspect(url: string): ReturnType<Broker['ensureStream']> {
  const broker = await connectBroker({ url, name: 'spec' });
  try {
    return await broker.ensureStream();
  } finally {
    await broker.connection.close();
  }
}

/** A broker that gives a sequence number to the first message published, and then speaks the truth. */
function onceAnswering(broker: Broker, seq: number): Broker {
  let isFirst = true;
  const publish: Broker['js']['publish'] = async (...message): Promise<PubAck> => {
    const ack = await broker.js.publish(...message);
    if (!isFirst) return ack;
    isFirst = false;
    return { ...ack, seq };
  };
  return { ...broker, js: Object.assign(Object.create(broker.js) as Broker['js'], { publish }) };
}

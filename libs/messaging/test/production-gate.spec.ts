import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerRules, brokerSettings, STREAM } from '@graphdesk/contracts';
import { canStartNats, eventually, freePort, startNats, type NatsServer } from '@graphdesk/testing';
import { z } from 'zod';
import { connectBroker, type Broker } from '../src/index.js';

const settings = z.object(brokerSettings);

/** What connecting in production says: the refusal, or the warnings of a broker that is taken. */
async function inProduction(
  url: string,
  given: Record<string, string> = {},
): Promise<{ refused: string; warned: string[] }> {
  const warned: string[] = [];
  const rules = brokerRules(settings.parse(given), true);
  try {
    const broker = await connectBroker({ url, name: 'spec', rules, warn: (text) => warned.push(text) });
    await broker.connection.close();
    return { refused: '', warned };
  } catch (error) {
    return { refused: String(error), warned };
  }
}

const whereItIs = async (server: string): Promise<typeof describe> =>
  (await canStartNats(server)) ? describe : (describe.skip as typeof describe);

(await whereItIs('floor'))('nats-server 2.9', () => {
  let nats: NatsServer;
  beforeAll(async () => {
    nats = await startNats({ server: 'floor' });
  });
  afterAll(() => nats.stop());

  it('is refused in production, and left as it was', async () => {
    const { refused } = await inProduction(nats.url);
    expect(refused).toMatch(/nats-server 2\.9\.\d+ is older than 2\.10\.23: upgrade it/);
    const broker = await connectBroker({ url: nats.url, name: 'spec' });
    await expect(broker.manager.streams.info(STREAM)).rejects.toThrow('stream not found');
    await broker.connection.close();
  });

  it('is taken in development, with a stream of one replica', async () => {
    const broker = await connectBroker({ url: nats.url, name: 'spec' });
    await broker.ensureStream();
    expect((await broker.manager.streams.info(STREAM)).config.num_replicas).toBe(1);
    await broker.connection.close();
  });

  it('is taken in production when each of its faults is allowed, and each is said', async () => {
    const allowed = { NATS_ALLOW_OLD_SERVER: 'true', NATS_ALLOW_SINGLE_REPLICA: 'true' };
    const { refused, warned } = await inProduction(nats.url, allowed);
    expect(refused).toBe('');
    expect(warned).toHaveLength(3);
  });
});

(await whereItIs('current'))('a current nats-server in production', () => {
  it('alone cannot keep three replicas: the error says so', async () => {
    const nats = await startNats({ server: 'current' });
    try {
      expect((await inProduction(nats.url)).refused).toMatch(/one server alone cannot keep 3 replicas/);
    } finally {
      await nats.stop();
    }
  });

  it('that writes to its disk at intervals is refused as soon as its monitoring is named', async () => {
    const port = await freePort();
    const nats = await startNats({ server: 'current', config: `http: "127.0.0.1:${port}"` });
    const single = { NATS_ALLOW_SINGLE_REPLICA: 'true' };
    try {
      expect((await inProduction(nats.url, single)).refused).toBe('');
      const named = { ...single, NATS_MONITORING_URL: `http://127.0.0.1:${port}` };
      expect((await inProduction(nats.url, named)).refused).toMatch(/at intervals: set sync_interval: always/);
      expect((await inProduction(nats.url, { ...named, NATS_ALLOW_UNSYNCED: 'true' })).refused).toBe('');
      const goneToo = { ...single, NATS_MONITORING_URL: `http://127.0.0.1:${await freePort()}` };
      expect((await inProduction(nats.url, goneToo)).warned).toContainEqual(expect.stringContaining('not known'));
    } finally {
      await nats.stop();
    }
  });
});

(await whereItIs('current'))('three current servers, every message on the disk', () => {
  const servers: NatsServer[] = [];
  let monitoring: string[] = [];
  beforeAll(async () => {
    const routes = await Promise.all([freePort(), freePort(), freePort()]);
    const monitors = await Promise.all([freePort(), freePort(), freePort()]);
    monitoring = monitors.map((port) => `http://127.0.0.1:${port}`);
    const list = routes.map((port) => `"nats://127.0.0.1:${port}"`).join(', ');
    const configs = routes.map(
      (port, n) => `server_name: s${n}
        http: "127.0.0.1:${monitors[n]}"
        jetstream { sync_interval: always }
        cluster { name: spec, listen: "127.0.0.1:${port}", routes: [${list}] }`,
    );
    servers.push(...(await Promise.all(configs.map((config) => startNats({ server: 'current', config })))));
  });
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  it('are taken, and stream and consumers have three replicas', async () => {
    const url = servers.map((server) => server.url).join(',');
    const rules = brokerRules(settings.parse({ NATS_MONITORING_URL: monitoring.join(',') }), true);
    const warned: string[] = [];
    // The servers are a cluster once they have chosen a leader.
    const broker = await eventually(
      (): Promise<Broker> => connectBroker({ url, name: 'spec', rules, warn: (text) => warned.push(text) }),
      { timeoutMs: 30_000 },
    );
    expect(warned.filter((text) => !text.includes('recommended'))).toEqual([]);
    expect((await broker.manager.streams.info(STREAM)).config.num_replicas).toBe(3);
    await broker.manager.consumers.add(STREAM, { durable_name: 'spec' });
    const consumer = await broker.manager.consumers.info(STREAM, 'spec');
    expect(consumer.cluster?.replicas).toHaveLength(2);
    await broker.connection.close();
  });
});

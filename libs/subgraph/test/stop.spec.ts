import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ENVELOPE_HEADER, parseEnvelopeKeys } from '@graphdesk/identity';
import { eventually, type NatsServer, type PostgresServer } from '@graphdesk/testing';
import type { RunningSubgraph } from '../src/index.js';
import { admin, goodEnvelope, type Shape } from './credentials.js';
import { Gate } from './notebook.js';
import { query, startNotebook } from './own-servers.js';

describe('the end of a service', () => {
  let postgres: PostgresServer;
  let nats: NatsServer;
  let environment: NodeJS.ProcessEnv;
  let service: RunningSubgraph;
  beforeEach(async () => {
    ({ postgres, nats, environment, service } = await startNotebook());
  });
  afterEach(async () => {
    postgres.resume();
    await Promise.all([postgres.stop(), nats.stop()]);
  });

  const send = async (query: string): Promise<Response> => {
    const shape: Shape = { method: 'POST', path: '/graphql', body: JSON.stringify({ query }), actor: admin };
    const envelope = await goodEnvelope(shape, parseEnvelopeKeys(environment['ENVELOPE_KEYS'] ?? ''));
    const headers = { 'content-type': 'application/json', [ENVELOPE_HEADER]: envelope };
    return fetch(service.url + shape.path, { method: 'POST', headers, body: String(shape.body) });
  };

  it('finishes requests under way and takes no more', async () => {
    const gate = service.app.get(Gate);
    const underWay = send('{ slow }');
    await gate.entered;
    let stopped = false;
    const stop = service.stop().then(() => (stopped = true));
    const refusedWhileStopping = fetch(`${service.url}/health/live`, { headers: { connection: 'close' } });
    await expect(refusedWhileStopping).rejects.toThrow();
    expect(stopped).toBe(false);
    gate.open();
    expect(await (await underWay).json()).toEqual({ data: { slow: 'finished' } });
    const answered = performance.now();
    await stop;
    expect(performance.now() - answered).toBeLessThan(3_000);
  });

  it('comes also while the broker is gone', async () => {
    await nats.kill();
    await service.stop();
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow();
  });

  it('comes also while Postgres hangs, and twice is once', async () => {
    // Its relay is at work then, with connections that were good.
    await eventually(async () =>
      expect(await query(environment['ENGINE_DATABASE_URL'], 'SELECT FROM notebook.relay_lease')).toHaveLength(1),
    );
    postgres.pause();
    const begun = performance.now();
    await Promise.all([service.stop(), service.stop()]);
    expect(performance.now() - begun).toBeLessThan(8_000);
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow();
  });
});

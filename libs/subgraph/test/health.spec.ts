import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type NatsServer, type PostgresServer } from '@graphdesk/testing';
import type { RunningSubgraph } from '../src/index.js';
import { startNotebook } from './own-servers.js';

describe('health', () => {
  let postgres: PostgresServer;
  let nats: NatsServer;
  let service: RunningSubgraph;
  beforeAll(async () => {
    ({ postgres, nats, service } = await startNotebook());
  });
  afterAll(async () => {
    postgres.resume();
    await service.stop();
    await Promise.all([postgres.stop(), nats.stop()]);
  });

  /** A probe as an orchestrator sends it: no answer in time is a no. */
  const ask = async (check: string): Promise<{ status: number; parts?: Record<string, boolean> }> => {
    const response = await fetch(`${service.url}/health/${check}`, { signal: AbortSignal.timeout(2_000) });
    return { status: response.status, ...((await response.json()) as object) };
  };
  const expectReady = (status: number): Promise<void> =>
    eventually(async () => expect((await ask('ready')).status).toBe(status), { timeoutMs: 20_000 });

  it('ready is no while Postgres hangs, in time for the prober, and yes again after it', async () => {
    await expectReady(200);
    postgres.pause();
    for (let probe = 0; probe < 8; probe += 1) {
      expect(await ask('ready')).toMatchObject({ status: 503, parts: { database: false, broker: true } });
    }
    expect((await ask('live')).status).toBe(200);
    expect((await ask('started')).status).toBe(200);
    postgres.resume();
    await expectReady(200);
  });

  it('ready is no while the broker is gone, and yes again after it', async () => {
    await nats.kill();
    await eventually(async () => {
      expect(await ask('ready')).toMatchObject({ status: 503, parts: { database: true, broker: false } });
    });
    expect((await ask('live')).status).toBe(200);
    await nats.restart();
    await expectReady(200);
  });

  it('ready is no once Postgres is gone, and the process lives on', async () => {
    await postgres.stop();
    await expectReady(503);
    expect((await ask('live')).status).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canStartNats, eventually, startNats, type NatsServer } from '@graphdesk/testing';
import { freePort } from '@graphdesk/testing';
import { postGraphql } from './graphql-request.js';
import { createFixture, type Fixture } from './running-gateway.js';

describe('health', () => {
  let fixture: Fixture;
  let nats: NatsServer | undefined;
  beforeAll(async () => {
    fixture = await createFixture();
  });
  afterAll(async () => {
    await fixture.dispose();
    await nats?.stop();
  });

  it('is alive and started at once, ready only while the event stream is there; queries work without it', async () => {
    const port = await freePort();
    const gateway = await fixture.start({}, { NATS_URL: `nats://127.0.0.1:${port}` });
    const health = async (path: string) => {
      const response = await fetch(`${gateway.url}/health/${path}`);
      return { status: response.status, body: await response.json() };
    };
    expect((await health('live')).status).toBe(200);
    expect((await health('started')).status).toBe(200);
    expect(await health('ready')).toMatchObject({
      status: 503,
      body: { started: true, broker: false, draining: false },
    });
    expect((await postGraphql(gateway.url, '{ incidents { id } }', { token: fixture.token })).status).toBe(200);

    nats = await startNats({ port });
    await eventually(async () => expect((await health('ready')).status).toBe(200));
    await nats.kill();
    await eventually(async () => expect((await health('ready')).status).toBe(503));
    await nats.restart();
    await eventually(async () => expect((await health('ready')).status).toBe(200));
  });

  it('is of no use in production with a broker that loses what it acknowledged, and says why', async () => {
    if (!(await canStartNats('floor'))) return;
    const old = await startNats({ server: 'floor' });
    try {
      const gateway = await fixture.start({}, { NATS_URL: old.url, NODE_ENV: 'production' });
      expect(String(await gateway.broken)).toMatch(/not for production: nats-server 2\.9\.\d+ is older than 2\.10\.23/);
      expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
    } finally {
      await old.stop();
    }
  });
});

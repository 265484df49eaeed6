import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startNats, type NatsServer } from '@graphdesk/testing';
import { EventLog } from './event-log.js';
import { createFixture, type Fixture } from './running-gateway.js';
import { clientWith, type StreamClient } from './stream-client.js';

const EVENTS = 150;
const QUERY = 'subscription { incidentChanged { revision incident { title } } }';
const all = Array.from({ length: EVENTS }, (_, index) => index + 1);

describe('a reader that does not read', () => {
  let nats: NatsServer;
  let fixture: Fixture;
  let log: EventLog;
  let url: string;
  const clients: StreamClient[] = [];
  beforeAll(async () => {
    nats = await startNats();
    fixture = await createFixture(nats.url);
    ({ url } = await fixture.start({ streamBuffer: 16, streamStallMs: 500 }));
    log = await EventLog.open(nats.url);
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await log.close();
    await fixture.dispose();
    await nats.stop();
  });
  const connect = (): StreamClient => {
    const client = clientWith(fixture.token, url);
    clients.push(client);
    return client;
  };

  it('is told where to resume, and holds nobody else up', async () => {
    // Large answers fill what the operating system buffers for a socket.
    const { id } = fixture.data.addIncident(fixture.tenantId, { title: 'x'.repeat(200_000) });
    const [stalled, healthy] = [connect(), connect()];
    const [slow, fast] = [stalled.subscribe(QUERY), healthy.subscribe(QUERY)];
    await eventually(async () => expect(await log.consumers()).toBe(2));
    stalled.sockets[0]?.pause();
    await log.publishRevisions(fixture.tenantId, id, 1, EVENTS);
    await fast.received(EVENTS, 30_000);
    expect(fast.revisions).toEqual(all);
    await eventually(async () => expect(await log.consumers()).toBe(1));
    stalled.sockets[0]?.resume();

    const [error] = await slow.failed();
    expect(error.extensions).toEqual({ code: 'SUBSCRIPTION_OVERFLOW', resumeAfter: slow.cursor });
    expect(slow.results.length).toBeLessThan(EVENTS);
    const resumed = stalled.subscribe(QUERY, { after: error.extensions.resumeAfter });
    await resumed.received(EVENTS - slow.results.length, 30_000);
    expect([...slow.revisions, ...resumed.revisions]).toEqual(all);
  });
});

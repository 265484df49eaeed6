import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { subscribe as onChannel, unsubscribe as offChannel } from 'node:diagnostics_channel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
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
  const unread: IncomingMessage[] = [];
  /** The gateway's side of the event streams. */
  const eventStreams: ServerResponse[] = [];
  const keepEventStream = (message: unknown): void => {
    const { request: asked, response } = message as {
      request: { headers: Record<string, unknown> };
      response: ServerResponse;
    };
    if (asked.headers.accept === 'text/event-stream') eventStreams.push(response);
  };
  beforeAll(async () => {
    onChannel('http.server.request.start', keepEventStream);
    nats = await startNats();
    fixture = await createFixture(nats.url);
    ({ url } = await fixture.start({ streamBuffer: 16, streamStallMs: 500 }));
    log = await EventLog.open(nats.url);
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    eventStreams.length = 0;
    unread.splice(0).forEach((answer) => answer.destroy());
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });
  afterAll(async () => {
    offChannel('http.server.request.start', keepEventStream);
    await log.close();
    await fixture.dispose();
    await nats.stop();
  });
  const connect = (): StreamClient => {
    const client = clientWith(fixture.token, url);
    clients.push(client);
    return client;
  };

  /** Asks for an event stream and never reads it; returns the gateway's side. */
  const openUnread = async (address: string, token = fixture.token): Promise<ServerResponse> => {
    const asked = request(`${address}/graphql`, {
      method: 'POST',
      agent: false,
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
    });
    asked.on('error', () => undefined).end(JSON.stringify({ query: QUERY }));
    const answer = await new Promise<IncomingMessage>((resolve) => asked.once('response', resolve));
    answer.on('error', () => undefined).pause();
    unread.push(answer);
    const [response] = eventStreams;
    if (!response) throw new Error('no event stream began');
    return response;
  };
  /** Keeps something happening for a while, revision by revision, and returns the last one. */
  const keepHappening = async (id: string, from: number, milliseconds: number): Promise<number> => {
    const until = performance.now() + milliseconds;
    let revision = from;
    while (performance.now() < until) await log.publish({ tenantId: fixture.tenantId, id, revision: ++revision });
    return revision;
  };

  it('is told where to resume, and holds nobody else up', async () => {
    // Large answers fill what the operating system buffers for a socket.
    const { id } = fixture.data.addIncident(fixture.tenantId, { title: 'x'.repeat(200_000) });
    const [stalled, healthy] = [connect(), connect()];
    const made = await log.countNewConsumers();
    const [slow, fast] = [stalled.subscribe(QUERY), healthy.subscribe(QUERY)];
    await eventually(async () => expect(await log.consumers()).toBe(2));
    stalled.sockets[0]?.pause();
    await log.publishRevisions(fixture.tenantId, id, 1, EVENTS);
    await fast.received(EVENTS, 30_000);
    expect(fast.revisions).toEqual(all);
    await eventually(async () => expect(await log.consumers()).toBe(1));
    const quiet = fixture.data.addIncident(fixture.tenantId);
    const last = await keepHappening(quiet.id, 0, 2_000);
    await fast.received(EVENTS + last);
    expect(made()).toBe(2);
    stalled.sockets[0]?.resume();

    const [error] = await slow.failed();
    expect(error.extensions).toEqual({ code: 'SUBSCRIPTION_OVERFLOW', resumeAfter: slow.cursor });
    expect(slow.results.length).toBeLessThan(EVENTS);
    const resumed = stalled.subscribe(QUERY, { after: error.extensions.resumeAfter });
    await resumed.received(EVENTS - slow.results.length, 30_000);
    expect([...slow.revisions, ...resumed.revisions].slice(0, EVENTS)).toEqual(all);
  });

  it('loses its connection when it is an event stream, and the broker hears no more of it', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId, { title: 'x'.repeat(200_000) });
    const made = await log.countNewConsumers();
    const response = await openUnread(url);
    const fast = connect().subscribe(QUERY);
    await eventually(async () => expect(await log.consumers()).toBe(2));
    await log.publishRevisions(fixture.tenantId, id, 1, EVENTS);
    await fast.received(EVENTS, 30_000);
    expect(fast.revisions).toEqual(all);
    await eventually(() => expect(response.destroyed).toBe(true));
    await eventually(async () => expect(await log.consumers()).toBe(1));
    const quiet = fixture.data.addIncident(fixture.tenantId);
    const last = await keepHappening(quiet.id, 0, 1_000);
    await fast.received(EVENTS + last);
    expect(made()).toBe(2);
  });

  it('loses its connection when its token ends, however much it left unread', async () => {
    const patient = await fixture.start({ streamStallMs: 60_000, streamBuffer: 16 });
    const exp = Math.floor(Date.now() / 1000) + 3;
    const token = await fixture.issuer.token({ id: 'per_x', tenantId: fixture.tenantId, roles: [] }, { exp });
    const { id } = fixture.data.addIncident(fixture.tenantId, { title: 'x'.repeat(200_000) });
    const response = await openUnread(patient.url, token);
    await eventually(async () => expect(await log.consumers()).toBe(1));
    await log.publishRevisions(fixture.tenantId, id, 1, EVENTS);
    await eventually(() => expect(response.writableNeedDrain).toBe(true));
    await eventually(() => expect(response.destroyed).toBe(true));
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });
});

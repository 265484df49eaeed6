import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { eventually, startNats, type NatsServer } from '@graphdesk/testing';
import { EventLog } from './event-log.js';
import { person } from './issuer.js';
import { createFixture, type Fixture } from './running-gateway.js';
import { clientWith, type StreamClient } from './stream-client.js';

const QUERY = 'subscription { incidentChanged { id } }';
const LIMIT = { code: 'SUBSCRIPTION_LIMIT' };

describe('how many subscriptions there may be', () => {
  let nats: NatsServer;
  let fixture: Fixture;
  let log: EventLog;
  let url: string;
  const clients: StreamClient[] = [];
  const streams: AbortController[] = [];
  beforeAll(async () => {
    nats = await startNats();
    fixture = await createFixture(nats.url);
    log = await EventLog.open(nats.url);
    ({ url } = await fixture.start({ socketSubscriptions: 3, actorSubscriptions: 5 }));
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    streams.splice(0).forEach((stream) => stream.abort());
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });
  afterAll(async () => {
    await log.close();
    await fixture.dispose();
    await nats.stop();
  });

  const connect = (token = fixture.token): StreamClient => {
    const client = clientWith(token, url);
    clients.push(client);
    return client;
  };
  const openEventStream = (token = fixture.token): Promise<Response> => {
    const abort = new AbortController();
    streams.push(abort);
    return fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: QUERY }),
      signal: abort.signal,
    });
  };
  const untilOpen = (count: number): Promise<void> => eventually(async () => expect(await log.consumers()).toBe(count));

  it('is limited for one socket, which keeps those it has and may open another for one that ended', async () => {
    const client = connect();
    const kept = [1, 2, 3].map(() => client.subscribe(QUERY));
    expect((await client.subscribe(QUERY).failed())[0].extensions).toEqual(LIMIT);
    await untilOpen(3);
    kept[0]?.unsubscribe();
    await untilOpen(2);
    client.subscribe(QUERY);
    await untilOpen(3);
    await client.subscribe('{ __typename }').received(1);
    expect(kept.every(({ error }) => error === undefined)).toBe(true);
  });

  it('is limited for one actor over all sockets and event streams, and for nobody else', async () => {
    const [one, two] = [connect(), connect()];
    [one, one, one, two].forEach((client) => client.subscribe(QUERY));
    await untilOpen(4);
    expect((await openEventStream()).status).toBe(200);
    await untilOpen(5);
    const refused = await openEventStream();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: LIMIT }] });
    expect((await two.subscribe(QUERY).failed())[0].extensions).toEqual(LIMIT);
    connect(await fixture.issuer.token(person(fixture.tenantId, 'responder'))).subscribe(QUERY);
    await untilOpen(6);
    streams[0]?.abort();
    await untilOpen(5);
    expect((await openEventStream()).status).toBe(200);
  });

  it('means the same id in another tenant as somebody else', async () => {
    const someone = person(fixture.tenantId, 'responder');
    const [here, there] = await Promise.all([
      fixture.issuer.token(someone),
      fixture.issuer.token({ ...someone, tenantId: newId('tenant') }),
    ]);
    for (let opened = 0; opened < 5; opened += 1) expect((await openEventStream(here)).status).toBe(200);
    expect((await openEventStream(here)).status).toBe(429);
    expect((await openEventStream(there)).status).toBe(200);
  });

  it('does not count those that were refused for another reason', async () => {
    const client = connect();
    for (let refused = 0; refused < 6; refused += 1) {
      const [error] = await client.subscribe('subscription { nothing }').failed();
      expect(error.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
    [1, 2, 3].forEach(() => client.subscribe(QUERY));
    await untilOpen(3);
  });
});

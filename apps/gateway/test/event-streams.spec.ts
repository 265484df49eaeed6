import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startNats, type NatsServer } from '@graphdesk/testing';
import { EventLog } from './event-log.js';
import { EventReader } from './event-reader.js';
import { postGraphql, type Json } from './graphql-request.js';
import { createFixture, type Fixture } from './running-gateway.js';

const QUERY = 'subscription { incidentChanged { revision incident { title } } }';

describe('subscriptions over server-sent events', () => {
  let nats: NatsServer;
  let fixture: Fixture;
  let log: EventLog;
  let url: string;
  let id: string;
  let revision = 0;
  beforeAll(async () => {
    nats = await startNats();
    fixture = await createFixture(nats.url);
    log = await EventLog.open(nats.url);
    ({ url } = await fixture.start());
    ({ id } = fixture.data.addIncident(fixture.tenantId));
  });
  afterAll(async () => {
    await log.close();
    await fixture.dispose();
    await nats.stop();
  });

  const post = (query: string, headers: Record<string, string> = {}, token = fixture.token, signal?: AbortSignal) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...headers,
      },
      body: JSON.stringify({ query }),
      ...(signal && { signal }),
    });
  const read = async (headers: Record<string, string> = {}, token = fixture.token): Promise<EventReader> => {
    const abort = new AbortController();
    const response = await log.withNewReader(() => post(QUERY, headers, token, abort.signal));
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    return new EventReader(response, abort);
  };
  const happen = async (count: number): Promise<number[]> => {
    const revisions = Array.from({ length: count }, () => ++revision);
    await log.publishRevisions(fixture.tenantId, id, revisions[0] ?? 0, revision);
    return revisions;
  };
  const revisionsOf = (events: { data?: Json }[]): number[] =>
    events.map(({ data }) => (data.data as { incidentChanged: { revision: number } }).incidentChanged.revision);

  it('sends each event with its cursor as id, and resumes after Last-Event-ID', async () => {
    const first = await read();
    const seen = await happen(3);
    const events = await first.received(3);
    expect(revisionsOf(events)).toEqual(seen);
    expect(events.every((event) => event.id === event.data.extensions.cursor)).toBe(true);
    first.abort.abort();
    await eventually(async () => expect(await log.consumers()).toBe(0));
    const gap = await happen(20);
    const second = await read({ 'last-event-id': events[2]?.id ?? '' });
    const more = await happen(5);
    expect(revisionsOf(await second.received(25))).toEqual([...gap, ...more]);
    second.abort.abort();
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });

  it('leaves nothing open when a caller goes away while the broker does not answer', async () => {
    nats.pause();
    const abort = new AbortController();
    const gone = post(QUERY, {}, fixture.token, abort.signal).catch((error: Error) => error.name);
    // Two answers to later requests: the first one is waiting for the broker by now.
    for (let turn = 0; turn < 2; turn += 1) await postGraphql(url, '{ __typename }', { token: fixture.token });
    abort.abort();
    expect(await gone).toBe('AbortError');
    for (let turn = 0; turn < 2; turn += 1) await postGraphql(url, '{ __typename }', { token: fixture.token });
    // The broker answers in order: when this one begins, the broker has answered to the one that left as well.
    const left = new AbortController();
    const staying = post(QUERY, {}, fixture.token, left.signal);
    await postGraphql(url, '{ __typename }', { token: fixture.token });
    nats.resume();
    const reader = new EventReader(await staying, left);
    await happen(1);
    await reader.received(1);
    left.abort();
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });

  it('completes when the token ends', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2;
    const token = await fixture.issuer.token({ id: 'per_x', tenantId: fixture.tenantId, roles: [] }, { exp });
    const reader = await read({}, token);
    await eventually(() => expect(reader.ended).toBe(true));
    expect(reader.events).toEqual([{ event: 'complete', data: '' }]);
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });

  it.each([
    ['a forged cursor', QUERY, { 'last-event-id': 'x.y' }, 'SUBSCRIPTION_CURSOR_INVALID'],
    ['an unknown field', 'subscription { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ])('refuses %s before the stream begins', async (_case, query, headers, code) => {
    const response = await post(query, headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('needs a token, and JSON as content type', async () => {
    expect((await post(QUERY, { authorization: 'Bearer a.b.c' })).status).toBe(401);
    expect([400, 415]).toContain((await post(QUERY, { 'content-type': 'text/plain' })).status);
    expect(await log.consumers()).toBe(0);
  });
});

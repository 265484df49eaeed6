import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startNats, type NatsServer } from '@graphdesk/testing';
import { WebSocket } from 'ws';
import { EventLog } from './event-log.js';
import { createFixture, type Fixture } from './running-gateway.js';
import { StreamClient } from './stream-client.js';

const PROTOCOL = 'graphql-transport-ws';

describe('the socket door', () => {
  let nats: NatsServer;
  let fixture: Fixture;
  let log: EventLog;
  let url: string;
  beforeAll(async () => {
    nats = await startNats();
    fixture = await createFixture(nats.url);
    log = await EventLog.open(nats.url);
    ({ url } = await fixture.start({ socketInitMs: 300 }));
  });
  afterAll(async () => {
    await log.close();
    await fixture.dispose();
    await nats.stop();
  });

  /** Opens a bare socket, sends messages, and waits for the close code. */
  const closeOf = async (
    messages: unknown[],
    options: { protocol?: string; headers?: Record<string, string> } = {},
  ) => {
    const { protocol = PROTOCOL, headers = {} } = options;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol ? [protocol] : [], { headers });
    socket.on('open', () => messages.forEach((message) => socket.send(JSON.stringify(message))));
    return new Promise<number>((resolve, reject) => socket.on('close', resolve).on('error', reject));
  };
  const init = (payload?: object) => ({ type: 'connection_init', payload });
  const subscribe = (id = '1', query = 'subscription { incidentChanged { id } }') => ({
    id,
    type: 'subscribe',
    payload: { query },
  });

  it.each<[string, number, unknown[], { protocol?: string; headers?: Record<string, string> }]>([
    ['no token', 4401, [init()], {}],
    ['an empty authorization', 4401, [init({ authorization: '' })], {}],
    ['a bad token', 4403, [init({ authorization: 'Bearer a.b.c' })], {}],
    ['a bad token under its other name', 4403, [init({ token: 'a.b.c' })], {}],
    ['a bad token in the header', 4403, [init()], { headers: { authorization: 'Bearer a.b.c' } }],
    ['a subscription before the token', 4401, [subscribe()], {}],
    ['silence', 4408, [], {}],
    ['no protocol', 4406, [], { protocol: '' }],
    ['a message that is none', 4400, [{ type: 'shout' }], {}],
    ['a message over 64 KiB', 1009, [init({ token: 'x'.repeat(70_000) })], {}],
  ])('closes for %s with %i', async (_case, code, messages, options) => {
    expect(await closeOf(messages, options)).toBe(code);
    expect(await log.consumers()).toBe(0);
  });

  it('closes for a second token, and for an id in use', async () => {
    const good = init({ authorization: `Bearer ${fixture.token}` });
    expect(await closeOf([good, good])).toBe(4429);
    const headers = { authorization: `Bearer ${fixture.token}` };
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, PROTOCOL, { headers });
    socket.on('open', () => socket.send(JSON.stringify(init())));
    socket.once('message', () => [subscribe(), subscribe()].forEach((one) => socket.send(JSON.stringify(one))));
    expect(await new Promise<number>((resolve) => socket.on('close', resolve))).toBe(4409);
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });

  it.each<[string, () => [Record<string, unknown>, Record<string, string>]]>([
    ['as authorization', () => [{ authorization: `Bearer ${fixture.token}` }, {}]],
    ['as token', () => [{ token: fixture.token }, {}]],
    ['in the header of the upgrade', () => [{}, { authorization: `Bearer ${fixture.token}` }]],
  ])('takes a good token %s', async (_case, make) => {
    const client = new StreamClient(url, ...make());
    expect((await client.subscribe('{ __typename }').received(1))[0]).toEqual({ data: { __typename: 'Query' } });
    await client.close();
  });

  it('closes when the token ends', async () => {
    const soon = Math.floor(Date.now() / 1000) + 2;
    const token = await fixture.issuer.token({ id: 'per_x', tenantId: fixture.tenantId, roles: [] }, { exp: soon });
    const client = new StreamClient(url, { token });
    const subscription = client.subscribe('subscription { incidentChanged { id } }');
    await eventually(async () => expect(await log.consumers()).toBe(1));
    expect(await subscription.failed()).toMatchObject({ code: 4403, reason: 'Token expired' });
    expect(Date.now()).toBeGreaterThanOrEqual(soon * 1000);
    await eventually(async () => expect(await log.consumers()).toBe(0));
    await client.close();
  });

  it('is nowhere but on /graphql', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/elsewhere`, PROTOCOL);
    const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
    expect(error.message).toContain('404');
  });
});

import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, STREAM } from '@graphdesk/contracts';
import { eventually, startNats, type NatsServer } from '@graphdesk/testing';
import { EventLog } from './event-log.js';
import { GatewayProcess } from './gateway-process.js';
import { person } from './issuer.js';
import { createFixture, type Fixture } from './running-gateway.js';
import { clientWith, type StreamClient, type Subscription } from './stream-client.js';

const QUERY = 'subscription { incidentChanged { revision incident { title } } }';
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('resuming a subscription', () => {
  let nats: NatsServer;
  let fixture: Fixture;
  let log: EventLog;
  let gatewayUrl: string;
  let client: StreamClient;
  let id: string;
  const opened: Subscription[] = [];
  beforeAll(async () => {
    nats = await startNats();
    fixture = await createFixture(nats.url);
    gatewayUrl = (await fixture.start()).url;
    log = await EventLog.open(nats.url);
    client = clientWith(fixture.token, gatewayUrl);
    ({ id } = fixture.data.addIncident(fixture.tenantId));
    await GatewayProcess.build();
  });
  afterAll(async () => {
    GatewayProcess.removeBuild();
    await client.close();
    await log.close();
    await fixture.dispose();
    await nats.stop();
  });
  afterEach(() => opened.splice(0).forEach((subscription) => subscription.unsubscribe()));

  let revision = 0;
  /** Publishes the next `count` revisions and returns their numbers. */
  const happen = async (count: number): Promise<number[]> => {
    const revisions = range(revision + 1, revision + count);
    revision += count;
    await log.publishRevisions(fixture.tenantId, id, revisions[0] ?? 0, revision);
    return revisions;
  };
  const subscribe = (after?: string, by: StreamClient = client): Subscription => {
    const subscription = by.subscribe(QUERY, { after });
    opened.push(subscription);
    return subscription;
  };
  const started = (by: StreamClient = client): Promise<Subscription> =>
    log.withNewReader(() => subscribe(undefined, by));

  it('replays what happened since the cursor and goes on live, with nothing lost or doubled at the join', async () => {
    const first = await started();
    const seen = await happen(5);
    await first.received(5);
    first.unsubscribe();
    const gap = await happen(150);
    const going = happen(150);
    const resumed = subscribe(first.cursor);
    await resumed.received(gap.length + (await going).length);
    expect(resumed.revisions).toEqual([...gap, ...(await going)]);
    expect(first.revisions).toEqual(seen);
  });

  it('resumes from any message, not only the last', async () => {
    const first = await started();
    const seen = await happen(4);
    const results = await first.received(4);
    const resumed = subscribe(results[1].extensions.cursor);
    await resumed.received(2);
    expect(resumed.revisions).toEqual(seen.slice(2));
  });

  it('refuses a cursor that is forged, foreign, or not one at all', async () => {
    const first = await started();
    await happen(1);
    await first.received(1);
    const [payload = '', signature = ''] = first.cursor?.split('.') ?? [];
    const moved = Buffer.from(
      Buffer.from(payload, 'base64url')
        .toString()
        .replace(/\d+\]$/, '1]'),
    ).toString('base64url');
    const otherKey = createHmac('sha256', randomBytes(32)).update(payload).digest('base64url');
    for (const cursor of [`${moved}.${signature}`, `${payload}.${otherKey}`, payload, 'x', '', ' '.repeat(10)]) {
      const [error] = await subscribe(cursor).failed();
      expect(error.extensions).toEqual({ code: 'SUBSCRIPTION_CURSOR_INVALID' });
    }
    const stranger = clientWith(await fixture.issuer.token(person(newId('tenant'), 'admin')), gatewayUrl);
    const [foreign] = await subscribe(first.cursor, stranger).failed();
    expect(foreign.extensions).toEqual({ code: 'SUBSCRIPTION_CURSOR_INVALID' });
    await stranger.close();
  });

  it('loses nothing and tells nobody when the broker is killed and comes back', async () => {
    const subscription = await started();
    const before = await happen(20);
    await subscription.received(20);
    await nats.kill();
    const during = happen(20);
    await nats.restart();
    const after = [...(await during), ...(await happen(20))];
    await subscription.received(60, 30_000);
    expect(subscription.revisions).toEqual([...before, ...after]);
  });

  it('loses nothing when the broker is killed before the first event', async () => {
    const subscription = await started();
    await nats.kill();
    const during = happen(3);
    await nats.restart();
    await during;
    await subscription.received(3, 30_000);
    expect(subscription.revisions).toEqual(await during);
  });

  it('loses nothing when the gateway is killed and the client resumes at another', async () => {
    const env = { ...fixture.env, PORT: '0' };
    const [one, two] = await Promise.all([GatewayProcess.start(env), GatewayProcess.start(env)]);
    const [doomed, next] = [clientWith(fixture.token, one.url), clientWith(fixture.token, two.url)];
    const first = await started(doomed);
    const publishing = happen(300);
    await first.received(50);
    expect(await one.signal('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    await eventually(() => expect(first.error).toBeDefined());
    const resumed = subscribe(first.cursor, next);
    const all = await publishing;
    await resumed.received(all.length - first.results.length);
    expect([...first.revisions, ...resumed.revisions]).toEqual(all);

    const ended = two.signal('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(next.closes.at(-1)).toMatchObject({ code: 1012 });
    await Promise.all([doomed.close(), next.close()]);
  });

  it('says so when the events after the cursor are no longer kept', async () => {
    const first = await started();
    await happen(3);
    const results = await first.received(3);
    const [oldest, , newest] = results.map(({ extensions }) => extensions.cursor);
    const { state } = await log.broker.manager.streams.info(STREAM);
    await log.broker.manager.streams.purge(STREAM, { seq: state.last_seq });
    const [error] = await subscribe(oldest).failed();
    expect(error.extensions).toEqual({ code: 'SUBSCRIPTION_CURSOR_EXPIRED' });
    const resumed = subscribe(newest);
    const more = await happen(1);
    await resumed.received(1);
    expect(resumed.revisions).toEqual(more);
  });

  it('says so when the stream was made anew, to those who come back and to those who stayed', async () => {
    const first = await started();
    await happen(2);
    await first.received(2);
    await log.broker.manager.streams.delete(STREAM);
    await log.broker.ensureStream();
    const [stayed] = await first.failed(20_000);
    expect(stayed.extensions).toEqual({ code: 'SUBSCRIPTION_CURSOR_EXPIRED' });
    await happen(5);
    const [returned] = await subscribe(first.cursor).failed();
    expect(returned.extensions).toEqual({ code: 'SUBSCRIPTION_CURSOR_EXPIRED' });
  });
});

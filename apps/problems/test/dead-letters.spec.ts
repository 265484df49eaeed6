import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type EventEnvelope } from '@graphdesk/contracts';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  eventually,
  publishEvents,
  startTestService,
  type Startable,
  type TestService,
} from '@graphdesk/testing';
import { problems } from '../src/problems.module.js';
import { canceled, reported } from './incident-events.js';

const OTHER_TENANT = 'ten_01kb0000000000000000000002';
const CONSUMER = 'problems:incidents.incident';
const operator = actorOf(['operator'], {
  id: 'per_01kb0000000000000000000009',
  tenantId: 'ten_01kb0000000000000000000009',
});
const admin = actorOf(['admin']);

const LIST = `query ($first: Int! = 20, $after: String, $tenantId: ID) {
  problemsDeadLetters(first: $first, after: $after, tenantId: $tenantId) {
    nodes { eventId eventType tenantId consumer aggregateId aggregateType version reason tries waiting payload parkedAt
            error { name fingerprint origin detail } }
    pageInfo { hasNextPage endCursor } } }`;
const REDRIVE = `mutation ($aggregateId: ID!, $consumer: String!) {
  redriveProblemsDeadLetters(consumer: $consumer, aggregateId: $aggregateId) {
    applied parked { reason tries waiting error { name detail } payload } errors { code message } } }`;

describe('events that problems cannot apply', () => {
  let test: TestService<Startable>;
  const ours = newId('incident');
  const theirs = newId('incident');
  const ofOthers: Partial<EventEnvelope> = { tenantid: OTHER_TENANT };
  const serviceId = newId('service');
  const events = [
    reported(ours, { serviceId, title: 'Mr Secret cannot pay' }),
    canceled(ours),
    reported(theirs, { serviceId, title: 'Ms Hidden cannot pay' }, ofOthers),
  ];
  const [first, second, third] = events as [EventEnvelope, EventEnvelope, EventEnvelope];

  const list = async (actor: typeof admin, variables = {}) => test.graphql(actor, LIST, variables);
  const nodes = async (actor: typeof admin, variables = {}) =>
    (await list(actor, variables)).data?.['problemsDeadLetters'].nodes;
  const redrive = (actor: typeof admin, aggregateId: string, consumer = CONSUMER) =>
    test.graphql(actor, REDRIVE, { aggregateId, consumer });

  beforeAll(async () => {
    test = await startTestService('problems', (environment) => startSubgraph(problems, environment));
    await test.sql(`CREATE FUNCTION problems.refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'row of %', NEW.tenant_id USING ERRCODE = 'XX001'; END $$`);
    await test.sql(
      `CREATE TRIGGER refuse BEFORE INSERT ON problems.incident FOR EACH ROW EXECUTE FUNCTION problems.refuse()`,
    );
    // As if the process had ended under them, so that nothing but a redrive touches them again.
    for (const { id, tenantid } of [first, third]) {
      await test.sql(
        'INSERT INTO problems.inbox_attempt (consumer, event_id, tenant_id, tries, unfinished) VALUES ($1, $2, $3, 3, 3)',
        [CONSUMER, id, tenantid],
      );
    }
    await publishEvents(test.nats.url, events);
    await eventually(async () => {
      const parked = await test.sql<{ reason: string }>('SELECT reason FROM problems.inbox_pending ORDER BY reason');
      expect(parked.map(({ reason }) => reason)).toEqual(['PARK_GAP', 'PARK_KILLED', 'PARK_KILLED']);
    });
  });

  afterAll(() => test.stop());

  it('an operator sees those of all tenants, and of their content nothing', async () => {
    const found = await nodes(operator);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      eventId: first.id,
      eventType: 'graphdesk.incidents.incident-reported.v1',
      tenantId: first.tenantid,
      consumer: CONSUMER,
      aggregateId: ours,
      aggregateType: 'incident',
      version: 1,
      reason: 'PARK_KILLED',
      tries: 4,
      waiting: 1,
      payload: null,
      error: {
        name: 'QueryFailedError XX001',
        fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
        origin: expect.any(String),
        detail: null,
      },
    });
    expect(JSON.stringify(found)).not.toMatch(/Secret|Hidden|row of/);
    expect(await nodes(operator, { tenantId: OTHER_TENANT })).toMatchObject([{ eventId: third.id }]);
  });

  it('pages hold each of them once', async () => {
    const { data } = await list(operator, { first: 1 });
    const page = data?.['problemsDeadLetters'];
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = await nodes(operator, { first: 1, after: page.pageInfo.endCursor });
    expect([...page.nodes, ...rest].map(({ eventId }) => eventId)).toEqual([first.id, third.id]);
  });

  it('an admin sees payload and error of the own tenant, and none of another', async () => {
    const found = await nodes(admin);
    expect(found).toHaveLength(1);
    expect(JSON.parse(found[0].payload)).toEqual(JSON.parse(JSON.stringify(first)));
    expect(found[0].error.detail).toContain(`row of ${first.tenantid}`);
    expect(await nodes(admin, { tenantId: OTHER_TENANT })).toEqual([]);
    const both = actorOf(['admin', 'operator']);
    expect(await nodes(both)).toMatchObject([{ payload: null }, { payload: null }]);
    expect(await nodes(both, { tenantId: OTHER_TENANT })).toMatchObject([{ payload: null }]);
    expect(await nodes(both, { tenantId: both.tenantId })).toMatchObject([{ payload: expect.stringContaining(ours) }]);
  });

  it.each([['problem-manager'], ['auditor'], ['partner'], ['responder']] as const)(
    'a %s sees nothing',
    async (role) => {
      const { data, errors } = await list(actorOf([role]));
      expect(data ?? null).toBeNull();
      expect(errors?.map((error) => error.extensions?.code)).toEqual(['FORBIDDEN']);
    },
  );

  it('redriving is for operators; one that still fails says why, to them without content', async () => {
    expect((await redrive(admin, theirs)).errors?.map((error) => error.extensions?.code)).toEqual(['FORBIDDEN']);
    const { data } = await redrive(operator, theirs);
    expect(data?.['redriveProblemsDeadLetters']).toEqual({
      applied: 0,
      parked: {
        reason: 'PARK_FAILED',
        tries: 5,
        waiting: 0,
        error: { name: 'QueryFailedError XX001', detail: null },
        payload: null,
      },
      errors: [],
    });
  });

  it('after the repair all of the aggregate takes effect in order, once, and who asked stays on record', async () => {
    await test.sql('DROP TRIGGER refuse ON problems.incident');
    const { data } = await redrive(operator, ours);
    expect(data?.['redriveProblemsDeadLetters']).toEqual({ applied: 2, parked: null, errors: [] });
    expect(await test.sql('SELECT canceled FROM problems.incident WHERE id = $1', [ours])).toEqual([
      { canceled: true },
    ]);
    const inbox = 'SELECT event_id FROM problems.inbox WHERE event_id = ANY ($1) ORDER BY applied_at';
    const applied = await test.sql<{ event_id: string }>(inbox, [[first.id, second.id]]);
    expect(applied.map((row) => row.event_id)).toEqual([first.id, second.id]);
    const books = 'SELECT FROM problems.inbox_attempt WHERE event_id = ANY ($1)';
    expect(await test.sql(books, [[first.id, second.id]])).toEqual([]);
    expect(await nodes(admin)).toEqual([]);
    expect(
      await test.sql(
        `SELECT tenant_id, event_id, reason, requested_by, applied, remaining, finished_at >= requested_at AS finished
         FROM problems.redrive ORDER BY id`,
      ),
    ).toEqual([
      {
        tenant_id: OTHER_TENANT,
        event_id: third.id,
        reason: 'PARK_KILLED',
        requested_by: operator.id,
        applied: 0,
        remaining: 1,
        finished: true,
      },
      {
        tenant_id: admin.tenantId,
        event_id: first.id,
        reason: 'PARK_KILLED',
        requested_by: operator.id,
        applied: 2,
        remaining: 0,
        finished: true,
      },
    ]);
  });

  it.each([
    ['an aggregate of which nothing waits', ours, CONSUMER],
    ['a reader that there is not', ours, 'problems:nobody.nothing'],
  ])('%s is not found', async (_, aggregateId, consumer) => {
    const { data } = await redrive(operator, aggregateId, consumer);
    expect(data?.['redriveProblemsDeadLetters']).toMatchObject({
      applied: null,
      parked: null,
      errors: [{ code: 'NOT_FOUND' }],
    });
  });
});

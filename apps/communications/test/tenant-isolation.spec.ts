import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TABLES_WITHOUT_TENANT } from '@graphdesk/messaging';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  eventually,
  holesInTheWall,
  publishEvents,
  rolesAboveTheWall,
  startTestService,
  tablesOutsideTheWall,
  type Startable,
  type TestService,
  statementsDuring,
} from '@graphdesk/testing';
import { communications } from '../src/communications.module.js';
import { IncidentTold } from './told-events.js';

const lead = actorOf(['communications-lead']);
const stranger = actorOf(['communications-lead', 'admin'], { tenantId: 'ten_01kb0000000000000000000002' });

const SUBSCRIBER = 'sub_01kb0000000000000000000001';
const NOTIFICATION = 'ntf_01kb0000000000000000000001';

const EVERYTHING = `query ($id: ID!, $refs: [_Any!]!) {
  stakeholderUpdate(id: $id) { subject } stakeholderUpdates { nodes { id } }
  subscribers { nodes { email } }
  _entities(representations: $refs) { ... on StakeholderUpdate { subject } ... on Incident { updates { subject } }
    ... on Subscriber { email } ... on Notification { lastError } } }`;

describe('tenants of communications', () => {
  let test: TestService<Startable>;
  let variables: { id: string; refs: { __typename: string; id: string }[] };
  const incidents = [new IncidentTold(), new IncidentTold(), new IncidentTold()];

  beforeAll(async () => {
    test = await startTestService('communications', (environment) => startSubgraph(communications, environment));
    await publishEvents(
      test.nats.url,
      incidents.flatMap((incident) => incident.events),
    );
    const [update] = await eventually(async () => {
      const sql = 'SELECT id, incident_id FROM communications.stakeholder_update';
      const rows = await test.sql<{ id: string; incident_id: string }>(sql);
      expect(rows).toHaveLength(3);
      return rows;
    });
    if (!update) throw new Error('no draft');
    const refs = [
      { __typename: 'StakeholderUpdate', id: update.id },
      { __typename: 'Incident', id: update.incident_id },
      { __typename: 'Subscriber', id: SUBSCRIBER },
      { __typename: 'Notification', id: NOTIFICATION },
    ];
    await test.sql(
      `INSERT INTO communications.subscriber (id, tenant_id, version, email, audience, added_at)
       VALUES ($1, $2, 1, 'reader@example.org', 'TECHNICAL', now())`,
      [SUBSCRIBER, lead.tenantId],
    );
    await test.sql(
      `INSERT INTO communications.notification (id, tenant_id, version, update_id, subscriber_id, channel, key, state, tries,
         underway, fencing, may_be_repeated, last_error, queued_at)
       VALUES ($1, $2, 1, $3, $4, 'EMAIL', 'key', 'FAILED', 1, false, 1, false, '550 no', now())`,
      [NOTIFICATION, lead.tenantId, update.id, SUBSCRIBER],
    );
    variables = { id: update.id, refs };
  });

  afterAll(() => test.stop());

  it('every table is behind the wall or on the list, nothing sees through it, nobody stands above it', async () => {
    expect(await tablesOutsideTheWall(test.sql, 'communications')).toEqual(Object.keys(TABLES_WITHOUT_TENANT).sort());
    expect(await holesInTheWall(test.sql, 'communications')).toEqual([]);
    expect(await rolesAboveTheWall(test.sql, 'communications')).toEqual([]);
  });

  it('a communications lead of the tenant sees its updates', async () => {
    const { data } = await test.graphql(lead, EVERYTHING, variables);
    const subject = expect.stringContaining('we are investigating');
    expect(data).toMatchObject({
      stakeholderUpdate: { subject },
      subscribers: { nodes: [{ email: 'reader@example.org' }] },
      _entities: [{ subject }, { updates: [{ subject }] }, { email: 'reader@example.org' }, { lastError: '550 no' }],
    });
    expect(data?.['stakeholderUpdates'].nodes).toHaveLength(3);
  });

  it('a stranger sees nothing by any road, entity references included', async () => {
    expect((await test.graphql(stranger, EVERYTHING, variables)).data).toEqual({
      stakeholderUpdate: null,
      stakeholderUpdates: { nodes: [] },
      subscribers: { nodes: [] },
      _entities: [null, { updates: [] }, null, null],
    });
  });

  it('a stranger cannot change a foreign update', async () => {
    const mutation = `mutation ($id: ID!) { approveUpdate(id: $id) { stakeholderUpdate { id } errors { code } } }`;
    expect((await test.graphql(stranger, mutation, variables)).data).toEqual({
      approveUpdate: { stakeholderUpdate: null, errors: [{ code: 'NOT_FOUND' }] },
    });
  });

  it('a stranger cannot take a foreign subscriber off the list', async () => {
    const mutation = `mutation ($id: ID!) { removeSubscriber(id: $id) { subscriber { id } errors { code } } }`;
    expect((await test.graphql(stranger, mutation, { id: SUBSCRIBER })).data).toEqual({
      removeSubscriber: { subscriber: null, errors: [{ code: 'NOT_FOUND' }] },
    });
  });

  it.each([['requester'], ['partner'], ['integration'], ['operator']] as const)('a %s sees no update', async (role) => {
    const actor = actorOf([role], { serviceScope: ['svc_1'] });
    const { data, errors } = await test.graphql(actor, EVERYTHING, variables);
    expect(JSON.stringify(data ?? null)).not.toMatch(/investigating|reader@|550/);
    expect(new Set(errors?.map((error) => error.extensions?.code))).toEqual(new Set(['FORBIDDEN']));
  });

  it('who may not see what this service adds still sees the incident', async () => {
    const incident = variables.refs[1]!;
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident { id updates { id } } } }`;
    const { data } = await test.graphql(actorOf(['requester']), query, { refs: [incident] });
    expect(data).toEqual({ _entities: [{ id: incident.id, updates: null }] });
  });

  it('the updates of many incidents are one statement', async () => {
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident { updates { id } } } }`;
    const refs = incidents.map(({ id }) => ({ __typename: 'Incident', id }));
    const statements = await statementsDuring(async () => {
      const { data } = await test.graphql(lead, query, { refs });
      expect(data?.['_entities'].flatMap((incident: { updates: object[] }) => incident.updates)).toHaveLength(3);
    });
    expect(statements.filter(({ text }) => text.includes('"stakeholder_update"'))).toHaveLength(1);
  });
});

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
import { sla } from '../src/sla.module.js';
import { IncidentTold } from './incident-events.js';

const responder = actorOf(['responder']);
const stranger = actorOf(['responder', 'admin'], { tenantId: 'ten_01kb0000000000000000000002' });

const EVERYTHING = `query ($id: ID!, $refs: [_Any!]!) {
  slaClock(id: $id) { id } slaPolicy { id }
  _entities(representations: $refs) {
    ... on SlaClock { id state } ... on SlaPolicy { id } ... on Incident { slaClocks { id } }
  } }`;

describe('tenants of sla', () => {
  let test: TestService<Startable>;
  let variables: { id: string; refs: { __typename: string; id: string }[] };
  const incidents = [new IncidentTold(), new IncidentTold(), new IncidentTold()];

  beforeAll(async () => {
    test = await startTestService('sla', (environment) => startSubgraph(sla, environment));
    await publishEvents(
      test.nats.url,
      incidents.flatMap((incident) => incident.events),
    );
    const [clock] = await eventually(async () => {
      const rows = await test.sql<{ id: string; policy_id: string; incident_id: string }>(
        'SELECT * FROM sla.sla_clock',
      );
      expect(rows).toHaveLength(6);
      return rows;
    });
    if (!clock) throw new Error('no clock');
    const refs = [
      { __typename: 'SlaClock', id: clock.id },
      { __typename: 'SlaPolicy', id: clock.policy_id },
      { __typename: 'Incident', id: clock.incident_id },
    ];
    variables = { id: clock.id, refs };
  });

  afterAll(() => test.stop());

  it('every table is behind the wall or on the list, nothing sees through it, nobody stands above it', async () => {
    expect(await tablesOutsideTheWall(test.sql, 'sla')).toEqual(Object.keys(TABLES_WITHOUT_TENANT).sort());
    expect(await holesInTheWall(test.sql, 'sla')).toEqual([]);
    expect(await rolesAboveTheWall(test.sql, 'sla')).toEqual([]);
  });

  it('a responder of the tenant sees its clocks', async () => {
    const { data } = await test.graphql(responder, EVERYTHING, variables);
    expect(data).toMatchObject({ slaClock: { id: variables.id }, _entities: [{ state: 'RUNNING' }, {}, {}] });
    expect(data?.['_entities'][2].slaClocks).toHaveLength(2);
  });

  it('a stranger sees nothing by any road, entity references included', async () => {
    expect((await test.graphql(stranger, EVERYTHING, variables)).data).toEqual({
      slaClock: null,
      slaPolicy: null,
      _entities: [null, null, { slaClocks: [] }],
    });
  });

  it.each([['requester'], ['partner'], ['integration'], ['operator']] as const)('a %s sees no clocks', async (role) => {
    const actor = actorOf([role], { serviceScope: ['svc_1'] });
    const { data, errors } = await test.graphql(actor, EVERYTHING, variables);
    expect(JSON.stringify(data ?? null)).not.toContain('RUNNING');
    expect(new Set(errors?.map((error) => error.extensions?.code))).toEqual(new Set(['FORBIDDEN']));
  });

  it('who may not see what this service adds still sees the incident', async () => {
    const incident = variables.refs[2]!;
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident { id slaClocks { id } } } }`;
    const { data } = await test.graphql(actorOf(['requester']), query, { refs: [incident] });
    expect(data).toEqual({ _entities: [{ id: incident.id, slaClocks: null }] });
  });

  it('the clocks of many incidents are one statement', async () => {
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident {
      slaClocks { id remainingSeconds explain { from } } } } }`;
    const refs = incidents.map(({ id }) => ({ __typename: 'Incident', id }));
    const statements = await statementsDuring(async () => {
      const { data } = await test.graphql(responder, query, { refs });
      expect(data?.['_entities'].flatMap((incident: { slaClocks: object[] }) => incident.slaClocks)).toHaveLength(6);
    });
    expect(statements.filter(({ text }) => text.includes('"sla_clock"'))).toHaveLength(1);
  });
});

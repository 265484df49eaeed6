import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
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
import { problems } from '../src/problems.module.js';
import { incidentIds, reported } from './incident-events.js';

const manager = actorOf(['problem-manager']);
const stranger = actorOf(['problem-manager', 'admin'], { tenantId: 'ten_01kb0000000000000000000002' });

const EVERYTHING = `query ($id: ID!, $refs: [_Any!]!) {
  problem(id: $id) { title } problems { nodes { id } }
  _entities(representations: $refs) {
    ... on Problem { title incidents { id } }
    ... on Incident { problem { title } similarIncidents { declaredAt } }
    ... on Service { knownErrors { rootCause } }
  } }`;

describe('tenants of problems', () => {
  let test: TestService<Startable>;
  let variables: { id: string; refs: { __typename: string; id: string }[] };
  const serviceIds = [newId('service'), newId('service'), newId('service')];

  beforeAll(async () => {
    test = await startTestService('problems', (environment) => startSubgraph(problems, environment));
    const events = serviceIds.flatMap((serviceId) => incidentIds(2).map((id) => reported(id, { serviceId })));
    await publishEvents(test.nats.url, events);
    await eventually(async () => expect(await test.sql('SELECT 1 FROM problems.problem_incident')).toHaveLength(6));
    const [link] = await test.sql<{ problem_id: string; incident_id: string }>(
      'SELECT * FROM problems.problem_incident',
    );
    if (!link) throw new Error('no problem');
    const refs = [
      { __typename: 'Problem', id: link.problem_id },
      { __typename: 'Incident', id: link.incident_id },
      { __typename: 'Service', id: serviceIds[0]! },
    ];
    variables = { id: link.problem_id, refs };
    const cause = `mutation ($id: ID!) { recordRootCause(id: $id, input: { rootCause: "a leak" }) { errors { code } } }`;
    for (const { id } of await test.sql<{ id: string }>('SELECT id FROM problems.problem'))
      await test.graphql(manager, cause, { id });
  });

  afterAll(() => test.stop());

  it('every table is behind the wall or on the list, nothing sees through it, nobody stands above it', async () => {
    expect(await tablesOutsideTheWall(test.sql, 'problems')).toEqual(Object.keys(TABLES_WITHOUT_TENANT).sort());
    expect(await holesInTheWall(test.sql, 'problems')).toEqual([]);
    expect(await rolesAboveTheWall(test.sql, 'problems')).toEqual([]);
  });

  it('a problem manager of the tenant sees its problems', async () => {
    const { data } = await test.graphql(manager, EVERYTHING, variables);
    const title = 'QueueLag recurs';
    expect(data).toMatchObject({
      problem: { title },
      _entities: [
        { title },
        { problem: { title }, similarIncidents: [{}] },
        { knownErrors: [{ rootCause: 'a leak' }] },
      ],
    });
    expect(data?.['problems'].nodes).toHaveLength(3);
  });

  it('a stranger sees nothing by any road, entity references included', async () => {
    expect((await test.graphql(stranger, EVERYTHING, variables)).data).toEqual({
      problem: null,
      problems: { nodes: [] },
      _entities: [null, { problem: null, similarIncidents: [] }, { knownErrors: [] }],
    });
  });

  it('a stranger can neither change a foreign problem nor link a foreign incident', async () => {
    const { data } = await test.graphql(
      stranger,
      `mutation ($id: ID!, $incident: ID!) {
        moveProblem(id: $id, to: ASSESS) { problem { id } errors { code } }
        registerProblem(input: { title: "mine", incidentIds: [$incident] }) { problem { id } errors { code } } }`,
      { id: variables.id, incident: variables.refs[1]?.id },
    );
    expect(data).toEqual({
      moveProblem: { problem: null, errors: [{ code: 'NOT_FOUND' }] },
      registerProblem: { problem: null, errors: [{ code: 'UNKNOWN_REFERENCE' }] },
    });
  });

  it.each([['requester'], ['partner'], ['integration'], ['operator']] as const)(
    'a %s sees no problem',
    async (role) => {
      const actor = actorOf([role], { serviceScope: serviceIds });
      const { data, errors } = await test.graphql(actor, EVERYTHING, variables);
      expect(JSON.stringify(data ?? null)).not.toContain('recurs');
      expect(new Set(errors?.map((error) => error.extensions?.code))).toEqual(new Set(['FORBIDDEN']));
    },
  );

  it('who may not see what this service adds still sees the incident', async () => {
    const incident = variables.refs[1]!;
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident { id similarIncidents { reason } problem { id } } } }`;
    const { data } = await test.graphql(actorOf(['requester']), query, { refs: [incident] });
    expect(data).toEqual({ _entities: [{ id: incident.id, similarIncidents: null, problem: null }] });
  });

  it('a list with incidents and known errors is one statement per kind', async () => {
    const query = `{ problems { nodes { id incidentCount incidents { id problem { id } similarIncidents { declaredAt } } service { knownErrors { rootCause } } } } }`;
    const statements = await statementsDuring(async () => {
      const { data, errors } = await test.graphql(manager, query);
      expect(errors).toBeUndefined();
      expect(data?.['problems'].nodes).toMatchObject([
        { incidentCount: 2 },
        { incidentCount: 2 },
        { incidentCount: 2 },
      ]);
    });
    const selects = statements
      .map(({ text }) => text)
      .filter((text) => /^\s*SELECT\b(?!.*(set_config|relay_lease|FROM outbox))/s.test(text));
    const ofContent = selects.filter((text) => /problem|incident/.test(text) && !/inbox|outbox/.test(text));
    expect(ofContent).toHaveLength(6);
  });
});

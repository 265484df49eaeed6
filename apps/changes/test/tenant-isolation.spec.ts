import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incidentReportedV1, newId } from '@graphdesk/contracts';
import { TABLES_WITHOUT_TENANT } from '@graphdesk/messaging';
import {
  actorOf,
  eventOf,
  holesInTheWall,
  publishEvents,
  rolesAboveTheWall,
  tablesOutsideTheWall,
} from '@graphdesk/testing';
import pg from 'pg';
import { applied, INCIDENT, minutesAgo, someone, startChanges, type ChangesService } from './changes-service.js';

const STRANGERS_TENANT = 'ten_01kb0000000000000000000002';
const stranger = actorOf(['admin', 'change-authority', 'responder', 'integration'], { tenantId: STRANGERS_TENANT });

describe('tenants of changes', () => {
  let test: ChangesService;
  let serviceId: string;
  let ids: Record<'change' | 'deployment' | 'suspicion' | 'suggestion' | 'incident', string>;

  beforeAll(async () => {
    test = await startChanges();
    serviceId = await test.knownService('billing');
    const change = await test.scheduledChange(serviceId);
    const github = await test.github();
    const { deploymentId } = await github.deploy({ payload: { change: change.reference }, at: minutesAgo(5) });
    const incident = await test.report(serviceId);
    const [row] = await test.sql<{ suspicion: string; suggestion: string }>(
      'SELECT suspected_change_id AS suspicion, id AS suggestion FROM changes.rollback_suggestion',
    );
    ids = { change: change.id, deployment: deploymentId, suspicion: '', suggestion: '', ...row, incident };
  });

  afterAll(() => test.stop());

  it('every table is behind the wall or on the list, nothing sees through it, nobody stands above it', async () => {
    expect(await tablesOutsideTheWall(test.sql, 'changes')).toEqual(Object.keys(TABLES_WITHOUT_TENANT).sort());
    expect(await holesInTheWall(test.sql, 'changes')).toEqual([]);
    expect(await rolesAboveTheWall(test.sql, 'changes')).toEqual([]);
  });

  it('the engine role reads of a source what it needs and no more', async () => {
    const engine = new pg.Client({ connectionString: test.environment['ENGINE_DATABASE_URL'] });
    await engine.connect();
    try {
      expect(
        (await engine.query('SELECT id, tenant_id, sealed_secret FROM changes.deployment_source')).rows,
      ).toHaveLength(1);
      await expect(engine.query('SELECT name FROM changes.deployment_source')).rejects.toThrow(/permission denied/);
      await expect(engine.query('SELECT * FROM changes.change')).rejects.toThrow(/permission denied/);
    } finally {
      await engine.end();
    }
  });

  const everything = `query ($change: ID!, $suggestion: ID!, $refs: [_Any!]!) {
    change(id: $change) { id } rollbackSuggestion(id: $suggestion) { id }
    _entities(representations: $refs) {
      ... on Change { id title } ... on Deployment { id reference } ... on SuspectedChange { id confidence }
      ... on RollbackSuggestion { id reason } ... on Incident { suspectedChanges { id } } ... on Service { recentChanges { id } } } }`;
  const references = (): object => ({
    change: ids.change,
    suggestion: ids.suggestion,
    refs: [
      { __typename: 'Change', id: ids.change },
      { __typename: 'Deployment', id: ids.deployment },
      { __typename: 'SuspectedChange', id: ids.suspicion },
      { __typename: 'RollbackSuggestion', id: ids.suggestion },
      { __typename: 'Incident', id: ids.incident },
      { __typename: 'Service', id: serviceId },
    ],
  });
  const nothing = [null, null, null, null, { suspectedChanges: [] }, { recentChanges: [] }];

  it('a stranger sees nothing by any road, entity references included', async () => {
    expect((await test.graphql(stranger, everything, references() as Record<string, unknown>)).data).toEqual({
      change: null,
      rollbackSuggestion: null,
      _entities: nothing,
    });
    expect((await test.graphql(stranger, '{ changes { nodes { id } } }')).data).toEqual({ changes: { nodes: [] } });
  });

  it('the owner sees all of it by the same roads: the emptiness above is the wall’s', async () => {
    const { data } = await test.graphql(someone('responder'), everything, references() as Record<string, unknown>);
    expect(data).toMatchObject({
      change: { id: ids.change },
      rollbackSuggestion: { id: ids.suggestion },
    });
    expect(data?.['_entities']).toMatchObject([
      { id: ids.change },
      { id: ids.deployment },
      { id: ids.suspicion },
      { id: ids.suggestion },
      { suspectedChanges: [{ id: ids.suspicion }] },
      { recentChanges: [{ id: ids.change }] },
    ]);
  });

  it.each([
    ['a partner', actorOf(['partner'], { id: 'par_1', serviceScope: ['svc_01kb0000000000000000000001'] })],
    ['somebody who only reports', actorOf(['requester'])],
    ['an operator', actorOf(['operator'])],
  ])('%s of the same tenant sees no changes', async (_who, actor) => {
    const { data, errors } = await test.graphql(actor, everything, references() as Record<string, unknown>);
    expect(data?.['change']).toBeNull();
    expect(data?.['rollbackSuggestion']).toBeNull();
    expect(data?.['_entities']).toEqual(nothing);
    expect(errors?.map((error) => error.extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it.each([
    ['authorizeChange', 'change', ''],
    ['cancelChange', 'change', ', reason: "mine"'],
    ['confirmSuspectedChange', 'suspicion', ''],
    ['rejectSuspectedChange', 'suspicion', ', reason: "mine"'],
    ['acceptRollbackSuggestion', 'suggestion', ''],
    ['declineRollbackSuggestion', 'suggestion', ', reason: "mine"'],
  ] as const)('a stranger cannot %s', async (mutation, id, more) => {
    const { data } = await test.graphql(
      stranger,
      `mutation ($id: ID!) { ${mutation}(id: $id${more}) { errors { code } } }`,
      { id: ids[id] },
    );
    expect(data).toEqual({ [mutation]: { errors: [{ code: 'NOT_FOUND' }] } });
  });

  it('a foreign service cannot be changed, and a foreign reference names no change', async () => {
    const register = `mutation ($id: ID!) { registerChange(input: { title: "Mine", kind: STANDARD, serviceIds: [$id] }) { errors { code path } } }`;
    expect((await test.graphql(stranger, register, { id: serviceId })).data).toEqual({
      registerChange: { errors: [{ code: 'UNKNOWN_REFERENCE', path: ['serviceIds'] }] },
    });
    const record = `mutation { recordDeployment(input: { externalId: "1", service: "billing", reference: "x", change: "CHG-1" }) {
      deployment { state service { id } change { id } } errors { code } } }`;
    expect((await test.graphql(stranger, record)).data).toEqual({
      recordDeployment: { deployment: { state: 'SUCCEEDED', service: null, change: null }, errors: [] },
    });
  });

  it('an incident of a stranger suspects nothing of ours, even in our own service’s name', async () => {
    const event = eventOf(
      incidentReportedV1,
      newId('incident'),
      1,
      { ...INCIDENT, serviceId },
      { tenantid: STRANGERS_TENANT },
    );
    await publishEvents(test.nats.url, [event]);
    await applied(test, event);
    expect(await test.sql('SELECT 1 FROM changes.suspected_change WHERE incident_id = $1', [event.subject])).toEqual(
      [],
    );
  });
});

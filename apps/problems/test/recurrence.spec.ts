import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type EventEnvelope } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { startSubgraph, type RunningSubgraph } from '@graphdesk/subgraph';
import { actorOf, eventually, publishEvents, startTestService, type TestService } from '@graphdesk/testing';
import { problems } from '../src/problems.module.js';
import { canceled, incidentIds, registeredService, reported } from './incident-events.js';

const manager = actorOf(['problem-manager']);

const OF_INCIDENT = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident {
  problem { id reference title origin state signature revision incidentCount incidents { id } service { id } }
  similarIncidents { incident { id } reason declaredAt }
} } }`;

interface IncidentSeen {
  readonly problem: { readonly id: string; readonly reference: string; readonly incidents: { id: string }[] } | null;
  readonly similarIncidents: { readonly incident: { id: string } }[];
}

describe('recurring incidents', () => {
  let test: TestService<RunningSubgraph>;
  let serviceId: string;

  beforeAll(async () => {
    test = await startTestService('problems', (environment) => startSubgraph(problems, environment));
  });

  beforeEach(() => {
    serviceId = newId('service');
  });

  afterAll(() => test.stop());

  /** Publishes events and waits until each was applied. */
  const told = async (events: readonly EventEnvelope[]): Promise<void> => {
    await publishEvents(test.nats.url, events);
    const ids = events.map((event) => event.id);
    await eventually(async () =>
      expect(await test.sql('SELECT 1 FROM problems.inbox WHERE event_id = ANY ($1)', [ids])).toHaveLength(ids.length),
    );
  };

  const seen = async (id: string): Promise<IncidentSeen> => {
    const { data, errors } = await test.graphql(manager, OF_INCIDENT, { refs: [{ __typename: 'Incident', id }] });
    expect(errors).toBeUndefined();
    return data?.['_entities'][0];
  };

  it('the second of a kind proposes a problem with both, the third joins it', async () => {
    const [first, second, third] = incidentIds(3) as [string, string, string];
    await told([registeredService(serviceId, 'Billing'), reported(first, { serviceId })]);
    expect((await seen(first)).problem).toBeNull();
    await told([reported(second, { serviceId })]);
    const { problem } = await seen(first);
    expect(problem).toMatchObject({
      title: 'QueueLag recurs on Billing',
      origin: 'RECURRENCE',
      state: 'NEW',
      signature: 'QueueLag',
      revision: 1,
      incidentCount: 2,
      incidents: [{ id: second }, { id: first }],
      service: { id: serviceId },
    });
    await told([reported(third, { serviceId })]);
    expect((await seen(third)).problem).toMatchObject({ id: problem?.id, revision: 2, incidentCount: 3 });
    const events = await test.sql(
      `SELECT split_part(envelope->>'type', '.', 3) AS type, envelope->'data' AS data FROM problems.outbox
       WHERE aggregate_id = $1 ORDER BY aggregate_version`,
      [problem?.id],
    );
    expect(events).toMatchObject([
      { type: 'problem-proposed', data: { incidentIds: [first, second], serviceId, signature: 'QueueLag' } },
      { type: 'problem-incident-linked', data: { incidentId: third, reason: 'RECURRENCE' } },
    ]);
  });

  it('delivered twice, an incident counts once', async () => {
    const [only] = incidentIds(1) as [string];
    const event = reported(only, { serviceId });
    await told([event]);
    await publishEvents(test.nats.url, [event, event], { repeat: true });
    await told([reported(newId('incident'), { serviceId: newId('service') })]);
    expect((await seen(only)).problem).toBeNull();
  });

  it('many at once are one problem', async () => {
    const ids = incidentIds(12);
    await told(ids.map((id) => reported(id, { serviceId })));
    const found = await Promise.all(ids.map(seen));
    expect(new Set(found.map(({ problem }) => problem?.id)).size).toBe(1);
    expect(found[0]?.problem).toMatchObject({ incidentCount: 12 });
  });

  it.each([
    ['of another service', { serviceId: 'svc_01kb0000000000000000000008' }],
    ['without a signature', { signature: null }],
    ['of another signature', { signature: 'DiskFull' }],
    ['more than 90 days before', { declaredAt: '2026-08-01T00:00:00.000Z' }],
  ])('an incident %s is no recurrence', async (_case, other) => {
    const [first, second] = incidentIds(2) as [string, string];
    await told([reported(first, { serviceId, ...other }), reported(second, { serviceId })]);
    expect((await seen(second)).problem).toBeNull();
  });

  it('imported incidents recur in the past: nothing is proposed', async () => {
    const ids = incidentIds(2);
    await told(ids.map((id) => reported(id, { serviceId, origin: 'IMPORT' })));
    for (const id of ids) expect((await seen(id)).problem).toBeNull();
  });

  it('a canceled incident is no recurrence', async () => {
    const [first, second] = incidentIds(2) as [string, string];
    await told([reported(first, { serviceId }), canceled(first)]);
    await told([reported(second, { serviceId })]);
    expect(await seen(second)).toEqual({ problem: null, similarIncidents: [] });
  });

  it('a service whose name comes later is no obstacle', async () => {
    const [first, second] = incidentIds(2) as [string, string];
    await told([reported(first, { serviceId }), reported(second, { serviceId })]);
    expect((await seen(first)).problem).toMatchObject({ title: 'QueueLag recurs' });
  });

  it('a closed problem takes no more; two new ones are a new problem', async () => {
    const [first, second, third, fourth] = incidentIds(4) as [string, string, string, string];
    await told([reported(first, { serviceId }), reported(second, { serviceId })]);
    const old = (await seen(first)).problem?.id;
    const close = `mutation ($id: ID!) { moveProblem(id: $id, to: ASSESS) { errors { code } }
      closeProblem(id: $id, resolutionCode: CANCELED, notes: "a test") { errors { code } } }`;
    expect((await test.graphql(manager, close, { id: old })).data).toEqual({
      moveProblem: { errors: [] },
      closeProblem: { errors: [] },
    });
    await told([reported(third, { serviceId })]);
    expect((await seen(third)).problem).toBeNull();
    await told([reported(fourth, { serviceId })]);
    const fresh = (await seen(fourth)).problem;
    expect(fresh?.incidents.map(({ id }) => id)).toEqual([fourth, third]);
    expect((await seen(first)).problem?.id).toBe(old);
  });

  it('what is out of the window is neither held nor waited for, and an old open problem still takes the new one', async () => {
    const [old, alone, first, second] = incidentIds(4) as [string, string, string, string];
    const [elsewhere, longAgo] = [newId('service'), '2026-05-01T00:00:00.000Z'];
    await told([
      reported(old, { serviceId, declaredAt: longAgo }),
      reported(alone, { serviceId: elsewhere, declaredAt: longAgo }),
    ]);
    await test.service.app.get(TenantDatabase).transaction(manager.tenantId, async (tx) => {
      await tx.query('SELECT 1 FROM incident WHERE id = ANY ($1) FOR UPDATE', [[old, alone]]);
      await told([reported(first, { serviceId }), reported(second, { serviceId })]);
    });
    expect((await seen(first)).problem?.incidents.map(({ id }) => id)).toEqual([second, first]);
    const ids = incidentIds(2) as [string, string];
    await told([reported(ids[0], { serviceId: elsewhere, declaredAt: longAgo })]);
    await told([reported(ids[1], { serviceId: elsewhere })]);
    const { problem } = await seen(ids[1]);
    expect(problem?.incidents.map(({ id }) => id).sort()).toEqual([alone, ...ids].sort());
  });

  it('similar incidents are the newest ten, each with its reason', async () => {
    const ids = incidentIds(13);
    const day = (index: number): string => `2026-11-${String(index + 1).padStart(2, '0')}T00:00:00.000Z`;
    await told(ids.map((id, index) => reported(id, { serviceId, declaredAt: day(index) })));
    const { similarIncidents } = await seen(ids[12]!);
    expect(similarIncidents.map(({ incident }) => incident.id)).toEqual(ids.slice(2, 12).reverse());
    expect(similarIncidents[0]).toMatchObject({ reason: 'SAME_SERVICE_AND_SIGNATURE', declaredAt: day(11) });
  });

  it('numbers have no gaps', async () => {
    const rows = await test.sql<{ number: number }>('SELECT number FROM problems.problem ORDER BY number');
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  });
});

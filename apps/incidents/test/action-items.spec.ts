import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { actorOf, eventually } from '@graphdesk/testing';
import { registerTenant, startIncidents, type IncidentsService, type Tenant } from './incidents-service.js';

const HOUR_MS = 3_600_000;
const FIELDS = `id title state dueAt overdueSince completedAt dropReason revision owner { id } addedBy { id }
  completedBy { id } incident { id } timeline { revision kind text actorId }`;

/** What these specs read of an answer. */
interface Item {
  readonly id: string;
  readonly state: string;
  readonly overdueSince: string | null;
  readonly revision: number;
  readonly timeline: readonly { readonly kind: string; readonly text: string; readonly actorId: string }[];
}

describe('action items', () => {
  let service: IncidentsService;
  let tenant: Tenant;
  let stranger: Tenant;
  let incidentId: string;
  let hours = 0;

  beforeAll(async () => {
    service = await startIncidents();
    [tenant, stranger] = [await registerTenant(service), await registerTenant(service)];
    incidentId = await report();
  });
  afterAll(() => service.stop());

  const report = async (): Promise<string> => {
    const input = `{ title: "Down", serviceId: "${tenant.serviceId}", impact: LOW, urgency: LOW }`;
    const answer = await service.graphql(
      tenant.responder,
      `mutation { reportIncident(input: ${input}) { incident { id } } }`,
    );
    return answer.data?.['reportIncident'].incident.id;
  };
  const run = async (actor: Actor, mutation: string): Promise<{ actionItem: Item; errors: object[] }> => {
    const query = `mutation { it: ${mutation} { actionItem { ${FIELDS} }
      errors { code path retryable ... on InvalidTransition { from allowed } } } }`;
    const { data, errors } = await service.graphql(actor, query);
    if (!data) throw new Error(JSON.stringify(errors));
    return data['it'];
  };
  const inHours = (n: number): string => new Date(service.clock.now().getTime() + n * HOUR_MS).toISOString();
  const adding = (but: { of?: string; ownerId?: string; dueAt?: string; title?: string } = {}): string =>
    `addActionItem(incidentId: "${but.of ?? incidentId}", title: "${but.title ?? 'Alert on the queue'}",
      ownerId: "${but.ownerId ?? tenant.leadId}", dueAt: "${but.dueAt ?? inHours(1)}")`;
  const added = async (but = {}): Promise<Item> => (await run(tenant.responder, adding(but))).actionItem;
  const seen = async (id: string, actor = tenant.responder): Promise<Item> =>
    (await service.graphql(actor, `query($id: ID!) { actionItem(id: $id) { ${FIELDS} } }`, { id })).data?.[
      'actionItem'
    ];
  const armed = (id: string): Promise<object[]> =>
    service.sql('SELECT kind, due FROM incidents.timer WHERE subject = $1', [id]);
  /** The database's time, a day behind the clock, reaches the clock and goes some hours beyond. */
  const databaseReaches = async (hoursFromStart: number): Promise<void> => {
    await service.time.forward((24 + hoursFromStart - hours) * HOUR_MS);
    hours = 24 + hoursFromStart;
  };

  it('one is added to an incident, done by its owner, and every step is an event and an entry', async () => {
    const owner = actorOf(['problem-manager'], { id: tenant.leadId, tenantId: tenant.id });
    const item = await added();
    expect(item).toMatchObject({
      state: 'OPEN',
      revision: 1,
      overdueSince: null,
      owner: { id: tenant.leadId },
      addedBy: { id: tenant.responder.id },
      incident: { id: incidentId },
    });
    expect(await armed(item.id)).toEqual([{ kind: 'OVERDUE', due: new Date(inHours(1)) }]);
    expect((await run(owner, `dropActionItem(id: "${item.id}", reason: "no")`)).errors).toMatchObject([
      { code: 'NOT_ALLOWED' },
    ]);
    const done = await run(owner, `completeActionItem(id: "${item.id}")`);
    expect(done).toMatchObject({
      actionItem: { state: 'DONE', revision: 2, completedBy: { id: owner.id } },
      errors: [],
    });
    expect(await armed(item.id)).toEqual([]);
    const again = await run(tenant.responder, `completeActionItem(id: "${item.id}")`);
    expect(again.errors).toMatchObject([{ code: 'INVALID_TRANSITION', from: 'DONE', allowed: [] }]);
    const events = await service.sql<{ name: string }>(
      `SELECT split_part(envelope->>'type', '.', 3) AS name FROM incidents.outbox WHERE aggregate_id = $1 ORDER BY aggregate_version`,
      [item.id],
    );
    expect(events.map(({ name }) => name)).toEqual(['action-item-added', 'action-item-completed']);
    expect((await seen(item.id)).timeline.map(({ kind }) => kind)).toEqual([
      'ACTION_ITEM_ADDED',
      'ACTION_ITEM_COMPLETED',
    ]);
  });

  it('an incident that is over gets items too', async () => {
    const over = await report();
    await service.graphql(
      tenant.responder,
      `mutation { cancelIncident(id: "${over}", reason: "a test") { errors { code } } }`,
    );
    const { id } = await added({ of: over });
    expect((await run(tenant.responder, `dropActionItem(id: "${id}", reason: "was a test")`)).actionItem).toMatchObject(
      {
        state: 'DROPPED',
        dropReason: 'was a test',
      },
    );
  });

  it.each([
    ['no such incident', () => adding({ of: newId('incident') }), { code: 'NOT_FOUND', path: ['incidentId'] }],
    [
      'nobody of that id',
      () => adding({ ownerId: newId('person') }),
      { code: 'UNKNOWN_REFERENCE', path: ['ownerId'], retryable: true },
    ],
    [
      'a person of another tenant',
      () => adding({ ownerId: stranger.leadId }),
      { code: 'UNKNOWN_REFERENCE', path: ['ownerId'] },
    ],
    ['a time that has passed', () => adding({ dueAt: inHours(-1) }), { code: 'INVALID_INPUT', path: ['dueAt'] }],
    ['no title', () => adding({ title: '  ' }), { code: 'INVALID_INPUT', path: ['title'] }],
    ['no such item', () => `completeActionItem(id: "${newId('actionItem')}")`, { code: 'NOT_FOUND' }],
  ])('%s: nothing is stored', async (_name, mutation, error) => {
    const count = (): Promise<object[]> => service.sql('SELECT count(*) FROM incidents.action_item');
    const before = await count();
    expect(await run(tenant.responder, mutation())).toMatchObject({ actionItem: null, errors: [error] });
    expect(await count()).toEqual(before);
  });

  it('an overdue one is on record with its true moment, once; rescheduled it asks anew', async () => {
    const [first, second] = [inHours(2), inHours(8)];
    const { id } = await added({ dueAt: first });
    const done = await added({ dueAt: first });
    await run(tenant.responder, `completeActionItem(id: "${done.id}")`);
    await databaseReaches(1);
    expect(await seen(id)).toMatchObject({ overdueSince: null, revision: 1 });
    await databaseReaches(3);
    await eventually(async () => expect(await seen(id)).toMatchObject({ overdueSince: first, revision: 2 }));
    expect(await armed(id)).toEqual([]);
    const move = `rescheduleActionItem(id: "${id}", dueAt: "${second}", reason: "waits for a part")`;
    expect((await run(tenant.responder, move)).actionItem).toMatchObject({ overdueSince: null, revision: 3 });
    expect(await armed(id)).toEqual([{ kind: 'OVERDUE', due: new Date(second) }]);
    await databaseReaches(9);
    await eventually(async () => expect(await seen(id)).toMatchObject({ overdueSince: second, revision: 4 }));
    expect((await seen(id)).timeline.slice(1)).toMatchObject([
      { kind: 'ACTION_ITEM_OVERDUE', text: `Overdue since ${first}`, actorId: 'system:incidents' },
      { kind: 'ACTION_ITEM_RESCHEDULED', text: `Now to be done until ${second}: waits for a part` },
      { kind: 'ACTION_ITEM_OVERDUE', text: `Overdue since ${second}`, actorId: 'system:incidents' },
    ]);
    expect(await seen(done.id)).toMatchObject({ overdueSince: null, revision: 2 });
  });

  it('one that is done late before its timer fired was overdue all the same', async () => {
    const dueAt = inHours(24 * 30);
    const { id } = await added({ dueAt });
    service.clock.passMinutes(31 * 24 * 60);
    const { actionItem } = await run(tenant.responder, `completeActionItem(id: "${id}")`);
    expect(actionItem).toMatchObject({ state: 'DONE', overdueSince: dueAt, revision: 3 });
    expect(actionItem.timeline[1]).toMatchObject({ kind: 'ACTION_ITEM_OVERDUE', actorId: 'system:incidents' });
  });

  it('strangers, partners and requesters who own none see none: not by id, incident, entity or mutation', async () => {
    const { id } = await added();
    const look = async (actor: Actor): Promise<unknown> => {
      const query = `query($id: ID!, $incident: ID!, $who: [_Any!]!) { actionItem(id: $id) { id }
        incident(id: $incident) { actionItems { id } } _entities(representations: $who) { ... on ActionItem { title } } }`;
      const who = [{ __typename: 'ActionItem', id }];
      const { data, errors } = await service.graphql(actor, query, { id, incident: incidentId, who });
      return data ?? errors?.[0]?.extensions?.code;
    };
    const none = { actionItem: null, incident: null, _entities: [null] };
    expect(await look(stranger.admin)).toEqual(none);
    const requester = actorOf(['requester'], { id: tenant.accountableId, tenantId: tenant.id });
    expect(await look(requester)).toEqual({ ...none, incident: { actionItems: [] } });
    const [partner, scope] = [['partner'] as const, [tenant.serviceId]];
    expect(await look(actorOf([...partner], { id: 'par_1', tenantId: tenant.id, serviceScope: scope }))).toEqual(none);
    expect(await look(tenant.responder)).toMatchObject({
      actionItem: { id },
      incident: { actionItems: expect.arrayContaining([{ id }]) },
      _entities: [{ title: 'Alert on the queue' }],
    });
    for (const act of ['completeActionItem(id: $)', 'dropActionItem(id: $, reason: "x")'])
      expect(await run(stranger.responder, act.replace('$', `"${id}"`))).toMatchObject({
        errors: [{ code: 'NOT_FOUND' }],
      });
    expect(await run(stranger.responder, adding({ ownerId: stranger.leadId }))).toMatchObject({
      errors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('its owner sees it, whatever else they may see, and does it', async () => {
    const owner = actorOf(['requester'], { id: tenant.accountableId, tenantId: tenant.id });
    const own = await added({ of: await report(), ownerId: owner.id });
    const anothers = await added();
    expect(await seen(anothers.id, owner)).toBeNull();
    expect(await seen(own.id, owner)).toMatchObject({
      id: own.id,
      owner: { id: owner.id },
      timeline: [{ revision: 1 }],
    });
    expect(await run(owner, `completeActionItem(id: "${own.id}")`)).toMatchObject({
      actionItem: { state: 'DONE', timeline: [{ revision: 1 }, { revision: 2 }] },
      errors: [],
    });
  });

  it('a list of incidents reads their action items in one statement, the newest 100 of each', async () => {
    const busy = await report();
    const one = await added({ of: busy });
    await service.sql(
      `INSERT INTO incidents.action_item SELECT (jsonb_populate_record(item, jsonb_build_object('id', item.id || n))).*
       FROM incidents.action_item item, generate_series(101, 250) AS n WHERE item.id = $1`,
      [one.id],
    );
    const runner = Object.getPrototypeOf(service.service.app.get(TenantDatabase)['dataSource'].createQueryRunner());
    const spy = jest.spyOn(runner, 'query');
    const { data } = await service.graphql(tenant.responder, '{ incidents { nodes { id actionItems { id } } } }');
    const reads = spy.mock.calls.filter(([text]) => / FROM \S*"action_item" /.test(String(text)));
    spy.mockRestore();
    expect(reads).toHaveLength(1);
    const nodes = data?.['incidents'].nodes as { id: string; actionItems: { id: string }[] }[];
    expect(nodes.length).toBeGreaterThan(2);
    const ids = nodes.find(({ id }) => id === busy)?.actionItems.map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 100 }, (_, i) => `${one.id}${250 - i}`));
  });
});

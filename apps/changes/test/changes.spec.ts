import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { actorOf } from '@graphdesk/testing';
import { changes } from '../src/changes.module.js';
import { ChangesReader } from '../src/persistence/changes.reader.js';
import { DeploymentsReader } from '../src/persistence/deployments.reader.js';
import { someone, startChanges, step, type Answer, type ChangesService } from './changes-service.js';

const REGISTER = `mutation ($input: RegisterChangeInput!) { registerChange(input: $input) {
  change { id number reference title kind state allowedTransitions environment rollbackPlan unplanned revision
    services { id } requester { id } }
  errors { __typename code path } } }`;
const LIST = `query ($first: Int, $after: String, $filter: ChangeFilterInput) { changes(first: $first, after: $after, filter: $filter) {
  nodes { id reference timeline { kind } deployments { id } rollsBackChange { id } } pageInfo { hasNextPage endCursor } } }`;

describe('changes', () => {
  let test: ChangesService;
  let serviceId: string;
  const requester = someone('change-requester');
  const authority = someone('change-authority');

  beforeAll(async () => {
    test = await startChanges();
    serviceId = await test.knownService('billing');
  });

  afterAll(() => test.stop());

  const register = async (given: Record<string, unknown> = {}, actor = requester): Promise<Answer> =>
    test.ask(actor, REGISTER, {
      input: { title: 'Release 4.2', kind: 'NORMAL', serviceIds: [serviceId], rollbackPlan: 'deploy 4.1', ...given },
    });
  const take = (name: string, id: string, actor = requester): Promise<Answer> => test.ask(actor, step(name), { id });

  it('a change is registered with a number and what may follow', async () => {
    const { change, errors } = await register();
    expect(errors).toEqual([]);
    expect(change).toMatchObject({
      reference: `CHG-${change.number}`,
      state: 'NEW',
      allowedTransitions: ['ASSESS', 'CANCELED'],
      environment: 'production',
      unplanned: false,
      revision: 1,
      services: [{ id: serviceId }],
      requester: { id: requester.id },
    });
  });

  it.each([
    ['no way back', { rollbackPlan: null }, 'ROLLBACK_PLAN_REQUIRED', 'rollbackPlan'],
    ['no title', { title: ' ' }, 'INVALID_INPUT', 'title'],
    ['no service', { serviceIds: [] }, 'INVALID_INPUT', 'serviceIds'],
    ['a service nobody knows', { serviceIds: ['svc_01kb0000000000000000000009'] }, 'UNKNOWN_REFERENCE', 'serviceIds'],
  ])('with %s it is refused and leaves nothing behind, not even a number', async (_case, fault, code, path) => {
    const before = await test.sql('SELECT (SELECT count(*) FROM changes.outbox) AS n, value FROM changes.counter');
    expect(await register(fault)).toEqual({ change: null, errors: [{ __typename: 'Refusal', code, path: [path] }] });
    expect(await test.sql('SELECT (SELECT count(*) FROM changes.outbox) AS n, value FROM changes.counter')).toEqual(
      before,
    );
  });

  it('numbers have no holes and no twins when many register at once', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => register()));
    const numbers = made.map(({ change }) => change.number).sort((a, b) => a - b);
    expect(numbers.at(-1) - numbers[0]).toBe(9);
    expect(new Set(numbers).size).toBe(10);
  });

  it.each([
    ['STANDARD', ['scheduleChange', 'startImplementation', 'completeImplementation']],
    [
      'NORMAL',
      ['assessChange', 'requestAuthorization', 'authorizeChange', 'startImplementation', 'completeImplementation'],
    ],
    ['EMERGENCY', ['requestAuthorization', 'authorizeChange', 'startImplementation', 'completeImplementation']],
  ])('%s goes its whole route, one event per step', async (kind, names) => {
    const { change } = await register({ kind });
    for (const name of names) {
      const actor = name === 'authorizeChange' ? authority : requester;
      expect((await take(name, change.id, actor)).errors).toEqual([]);
    }
    const closed = await test.ask(
      requester,
      `mutation ($id: ID!) { closeChange(id: $id, closeCode: SUCCESSFUL_WITH_ISSUES) { change { state closeCode revision } } }`,
      { id: change.id },
    );
    expect(closed.change).toEqual({ state: 'CLOSED', closeCode: 'SUCCESSFUL_WITH_ISSUES', revision: names.length + 2 });
    const versions = await test.sql<{ v: number }>(
      'SELECT aggregate_version AS v FROM changes.outbox WHERE aggregate_id = $1 ORDER BY seq',
      [change.id],
    );
    expect(versions.map(({ v }) => v)).toEqual(Array.from({ length: names.length + 2 }, (_, index) => index + 1));
  });

  it('a forbidden step says where the change stands and what is allowed', async () => {
    const { change } = await register();
    const detail = {
      __typename: 'InvalidTransition',
      code: 'INVALID_TRANSITION',
      from: 'NEW',
      allowed: ['ASSESS', 'CANCELED'],
    };
    expect(await take('authorizeChange', change.id, authority)).toEqual({ change: null, errors: [detail] });
  });

  it('requester and authority are two people; others are neither', async () => {
    expect((await register({}, someone('responder'))).errors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    const both = { ...requester, roles: ['change-requester', 'change-authority'] as const };
    const { change } = await register({ kind: 'EMERGENCY' }, both);
    await take('requestAuthorization', change.id, both);
    expect((await take('authorizeChange', change.id, both)).errors).toMatchObject([{ code: 'OWN_CHANGE' }]);
    expect((await take('authorizeChange', change.id, someone('responder'))).errors).toMatchObject([
      { code: 'NOT_ALLOWED' },
    ]);
    expect((await take('authorizeChange', change.id, authority)).errors).toEqual([]);
  });

  it('a rejected change is NEW again; a canceled one is over', async () => {
    const { change } = await register({ kind: 'EMERGENCY' });
    await take('requestAuthorization', change.id);
    const reject = `mutation ($id: ID!) { rejectChange(id: $id, reason: "no test") { change { state } errors { code } } }`;
    expect(await test.ask(authority, reject, { id: change.id })).toEqual({ change: { state: 'NEW' }, errors: [] });
    const cancel = `mutation ($id: ID!) { cancelChange(id: $id, reason: "not needed") { change { state } errors { code } } }`;
    expect(await test.ask(requester, cancel, { id: change.id })).toEqual({ change: { state: 'CANCELED' }, errors: [] });
    expect((await take('requestAuthorization', change.id)).errors).toMatchObject([{ allowed: [] }]);
    const timeline = `query ($id: ID!) { change(id: $id) { timeline { ... on TimelineEntry { id revision kind actorId text } } } }`;
    const told = await test.ask(requester, timeline, { id: change.id });
    const entry = (revision: number, kind: string, { id: actorId }: typeof requester, text: unknown): unknown => ({
      ...{ id: expect.stringMatching(/^evt_/), revision, kind, actorId, text },
    });
    expect(told.timeline).toEqual([
      entry(1, 'CHANGE_REGISTERED', requester, 'Registered as EMERGENCY: Release 4.2'),
      entry(2, 'CHANGE_MOVED', requester, 'Now AUTHORIZE'),
      entry(3, 'CHANGE_REJECTED', authority, 'Rejected: no test'),
      entry(4, 'CHANGE_MOVED', requester, 'Now CANCELED: not needed'),
    ]);
  });

  it('two people authorise at once: one does, the other is refused', async () => {
    const { change } = await register({ kind: 'EMERGENCY' });
    await take('requestAuthorization', change.id);
    const people = [authority, someone('admin')];
    const answers = await Promise.all(people.map((person) => take('authorizeChange', change.id, person)));
    expect(answers.flatMap(({ errors }) => errors)).toMatchObject([{ code: 'INVALID_TRANSITION', from: 'SCHEDULED' }]);
  });

  it('a list is paged without holes, filtered, and read in one statement per kind', async () => {
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const page: Answer = await test.ask(requester, LIST, { first: 4, after });
      seen.push(...page.nodes.map((node: { id: string }) => node.id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    const all = await test.sql<{ id: string }>('SELECT id FROM changes.change ORDER BY id DESC');
    expect(seen).toEqual(all.map(({ id }) => id));

    const calls = [
      jest.spyOn(test.service.app.get(ChangesReader), 'timelineOf'),
      jest.spyOn(test.service.app.get(DeploymentsReader), 'ofChanges'),
    ];
    const filter = {
      kind: ['EMERGENCY'],
      state: ['SCHEDULED', 'CANCELED'],
      serviceId,
      environment: 'production',
      unplanned: false,
    };
    const page = await test.ask(requester, LIST, { first: 100, filter });
    const expected = await test.sql<{ id: string }>(
      `SELECT id FROM changes.change WHERE kind = 'EMERGENCY' AND state IN ('SCHEDULED', 'CANCELED') ORDER BY id DESC`,
    );
    expect(expected.length).toBeGreaterThan(1);
    expect(page.nodes.map((node: { id: string }) => node.id)).toEqual(expected.map(({ id }) => id));
    expect(calls.map((call) => call.mock.calls.length)).toEqual([1, 1]);
  });

  it('a service shows its ten newest changes', async () => {
    const recent = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Service { recentChanges { id } } } }`;
    const [service] = await test.ask(requester, recent, { refs: [{ __typename: 'Service', id: serviceId }] });
    const newest = await test.sql<{ id: string }>('SELECT id FROM changes.change ORDER BY id DESC LIMIT 10');
    expect(service.recentChanges).toEqual(newest);
  });

  it('a source of a tenant that the catalog has not told of is refused for now, and nothing is stored', async () => {
    const tenantId = newId('tenant');
    const create = `mutation { createDeploymentSource(name: "Pipelines", kind: GITHUB) { deploymentSource { name } secret errors { code retryable } } }`;
    expect(await test.ask(actorOf(['admin'], { tenantId }), create)).toEqual({
      deploymentSource: null,
      secret: null,
      errors: [{ code: 'UNKNOWN_TENANT', retryable: true }],
    });
    expect(await test.sql('SELECT 1 FROM changes.deployment_source WHERE tenant_id = $1', [tenantId])).toEqual([]);
    expect(await test.sql('SELECT 1 FROM changes.outbox WHERE tenant_id = $1', [tenantId])).toEqual([]);
  });

  it('a source has a name of its own and is made by an admin alone', async () => {
    const create = `mutation { createDeploymentSource(name: "Pipelines", kind: GITHUB) { deploymentSource { name kind path } secret errors { code path } } }`;
    const made = await test.ask(someone('admin'), create);
    expect(made).toMatchObject({ deploymentSource: { name: 'Pipelines', kind: 'GITHUB' }, errors: [] });
    expect(Buffer.from(made.secret, 'base64url')).toHaveLength(32);
    expect(await test.ask(someone('admin'), create)).toEqual({
      deploymentSource: null,
      secret: null,
      errors: [{ code: 'NAME_TAKEN', path: ['name'] }],
    });
    expect((await test.graphql(requester, create)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('the settings of changes', () => {
  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['too short', Buffer.alloc(31).toString('base64')],
    ['too long', Buffer.alloc(33).toString('base64')],
  ])('a sealing key that is %s is named before anything is opened', (_case, key) => {
    const check = (): void => changes.checkSettings?.(key === undefined ? {} : { SECRETS_KEY: key });
    expect(check).toThrow('settings: SECRETS_KEY: must be 32 bytes in base64');
  });

  it('a key of 32 bytes is one', () => {
    expect(() => changes.checkSettings?.({ SECRETS_KEY: Buffer.alloc(32, 7).toString('base64') })).not.toThrow();
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
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
import { incidentIds, registeredService, reported } from './incident-events.js';

const manager = actorOf(['problem-manager']);
const auditor = actorOf(['auditor']);
const nobody = 'prb_01kb0000000000000000000009';

const FIELDS = `problem { id number reference state revision rootCause workaround symptom resolutionCode resolutionNotes incidentCount
  knownError { rootCause workaround problem { id } } }
  errors { code path ... on InvalidTransition { from allowed } }`;
const REGISTER = `mutation ($input: RegisterProblemInput!) { result: registerProblem(input: $input) { ${FIELDS} } }`;
const MOVE = `mutation ($id: ID!, $to: ProblemState!) { result: moveProblem(id: $id, to: $to) { ${FIELDS} } }`;
const CAUSE = `mutation ($id: ID!, $input: RootCauseInput!) { result: recordRootCause(id: $id, input: $input) { ${FIELDS} } }`;
const WORKAROUND = `mutation ($id: ID!, $text: String!) { result: recordWorkaround(id: $id, workaround: $text) { ${FIELDS} } }`;
const LINK = `mutation ($id: ID!, $incidentId: ID!) { result: linkIncident(id: $id, incidentId: $incidentId) { ${FIELDS} } }`;
const CLOSE = `mutation ($id: ID!, $code: ProblemResolutionCode!) {
  result: closeProblem(id: $id, resolutionCode: $code, notes: "upgraded the driver") { ${FIELDS} } }`;

interface Result {
  readonly problem: { readonly id: string; readonly number: number; readonly reference: string } | null;
  readonly errors: readonly object[];
}

describe('problems by hand', () => {
  let test: TestService<Startable>;
  const serviceId = newId('service');
  const [linked, free, other] = incidentIds(3) as [string, string, string];

  beforeAll(async () => {
    test = await startTestService('problems', (environment) => startSubgraph(problems, environment));
    const incidents = [linked, free, other].map((id, index) =>
      reported(id, { serviceId, signature: null, number: index + 1 }),
    );
    await publishEvents(test.nats.url, [registeredService(serviceId, 'Billing'), ...incidents]);
    await eventually(async () => expect(await test.sql('SELECT 1 FROM problems.inbox')).toHaveLength(4));
  });

  afterAll(() => test.stop());

  const run = async (mutation: string, variables: object, actor = manager): Promise<Result> => {
    const { data, errors } = await test.graphql(actor, mutation, { ...variables });
    expect(errors).toBeUndefined();
    return data?.['result'];
  };

  const register = async (input: object = {}): Promise<string> => {
    const { problem } = await run(REGISTER, { input: { title: 'Connections leak', ...input } });
    if (!problem) throw new Error('the problem was not registered');
    expect(problem.reference).toBe(`PRB-${problem.number}`);
    return problem.id;
  };

  const outboxSize = async (): Promise<number> =>
    (await test.sql<{ size: number }>('SELECT count(*)::int AS size FROM problems.outbox'))[0]?.size ?? 0;

  it('from registration to a fix, one event per step, known error on the way', async () => {
    const id = await register({ serviceId, symptom: 'time-outs', incidentIds: [linked] });
    const steps = [
      [MOVE, { to: 'ASSESS' }, { state: 'ASSESS', revision: 3, incidentCount: 1, knownError: null }],
      [MOVE, { to: 'ROOT_CAUSE_ANALYSIS' }, { state: 'ROOT_CAUSE_ANALYSIS', revision: 4 }],
      [WORKAROUND, { text: 'restart' }, { workaround: 'restart', knownError: null, revision: 5 }],
      [
        CAUSE,
        { input: { rootCause: 'a leak' } },
        {
          symptom: 'time-outs',
          knownError: { rootCause: 'a leak', workaround: 'restart', problem: { id } },
          revision: 6,
        },
      ],
      [LINK, { incidentId: free }, { incidentCount: 2, revision: 7 }],
      [LINK, { incidentId: free }, { incidentCount: 2, revision: 7 }],
      [MOVE, { to: 'FIX_IN_PROGRESS' }, { state: 'FIX_IN_PROGRESS', revision: 8 }],
      [MOVE, { to: 'RESOLVED' }, { state: 'RESOLVED', revision: 9 }],
      [
        CLOSE,
        { code: 'FIX_APPLIED' },
        { state: 'CLOSED', resolutionCode: 'FIX_APPLIED', knownError: null, revision: 10 },
      ],
    ] as const;
    for (const [mutation, variables, expected] of steps)
      expect(await run(mutation, { id, ...variables })).toMatchObject({ problem: expected, errors: [] });
    const events = await test.sql<{ type: string }>(
      `SELECT split_part(envelope->>'type', '.', 3) AS type FROM problems.outbox WHERE aggregate_id = $1 ORDER BY aggregate_version`,
      [id],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'problem-registered',
      'problem-incident-linked',
      'problem-moved',
      'problem-moved',
      'workaround-recorded',
      'known-error-recorded',
      'problem-incident-linked',
      'problem-moved',
      'problem-moved',
      'problem-closed',
    ]);
  });

  it('known errors are shown at their service until they are fixed', async () => {
    const id = await register({ serviceId });
    await run(CAUSE, { id, input: { rootCause: 'a leak', workaround: 'restart' } });
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Service { knownErrors { rootCause problem { id } } } } }`;
    const shown = async (): Promise<object[]> =>
      (await test.graphql(manager, query, { refs: [{ __typename: 'Service', id: serviceId }] })).data?.['_entities'][0]
        .knownErrors;
    expect(await shown()).toEqual([{ rootCause: 'a leak', problem: { id } }]);
    for (const to of ['ASSESS', 'ROOT_CAUSE_ANALYSIS', 'FIX_IN_PROGRESS', 'RESOLVED']) await run(MOVE, { id, to });
    await run(CLOSE, { id, code: 'FIX_APPLIED' });
    expect(await shown()).toEqual([]);
  });

  it.each([
    ['a title of nothing', { title: ' ' }, 'INVALID_INPUT', ['title']],
    ['an unknown service', { serviceId: 'svc_01kb0000000000000000000009' }, 'UNKNOWN_REFERENCE', ['serviceId']],
    ['an unknown incident', { incidentIds: ['inc_01kb0000000000000000000009'] }, 'UNKNOWN_REFERENCE', ['incidentIds']],
    ['an incident that is taken', { incidentIds: [linked] }, 'LINKED_ELSEWHERE', ['incidentIds']],
  ])('is not registered with %s, and no number is lost', async (_case, fault, code, path) => {
    const before = await outboxSize();
    const counter = (): Promise<object[]> => test.sql('SELECT value FROM problems.counter');
    const number = await counter();
    const refused = await run(REGISTER, { input: { title: 'Connections leak', ...fault } });
    expect(refused).toEqual({ problem: null, errors: [{ code, path }] });
    expect([await outboxSize(), await counter()]).toEqual([before, number]);
  });

  it('refusals are values and leave nothing behind', async () => {
    const id = await register();
    const before = await outboxSize();
    const refusals = [
      [MOVE, { id, to: 'RESOLVED' }, { code: 'INVALID_TRANSITION', from: 'NEW', allowed: ['ASSESS'] }],
      [CLOSE, { id, code: 'CANCELED' }, { code: 'INVALID_TRANSITION', from: 'NEW', allowed: ['ASSESS'] }],
      [CAUSE, { id, input: { rootCause: '' } }, { code: 'INVALID_INPUT', path: ['rootCause'] }],
      [WORKAROUND, { id, text: ' ' }, { code: 'INVALID_INPUT', path: ['workaround'] }],
      [LINK, { id, incidentId: linked }, { code: 'LINKED_ELSEWHERE', path: ['incidentId'] }],
      [LINK, { id, incidentId: 'inc_01kb0000000000000000000009' }, { code: 'UNKNOWN_REFERENCE', path: ['incidentId'] }],
      [MOVE, { id: nobody, to: 'ASSESS' }, { code: 'NOT_FOUND' }],
    ] as const;
    for (const [mutation, variables, error] of refusals)
      expect(await run(mutation, variables)).toMatchObject({ problem: null, errors: [error] });
    expect(await outboxSize()).toBe(before);
  });

  it('an auditor reads and changes nothing', async () => {
    const id = await register();
    const acts = [
      [REGISTER, { input: { title: 'no' } }],
      [MOVE, { id, to: 'ASSESS' }],
      [CAUSE, { id, input: { rootCause: 'no' } }],
      [WORKAROUND, { id, text: 'no' }],
      [LINK, { id, incidentId: other }],
      [CLOSE, { id, code: 'CANCELED' }],
    ] as const;
    for (const [mutation, variables] of acts)
      expect(await run(mutation, variables, auditor)).toMatchObject({
        problem: null,
        errors: [{ code: 'NOT_ALLOWED' }],
      });
    const { data } = await test.graphql(auditor, `query ($id: ID!) { problem(id: $id) { state } }`, { id });
    expect(data).toEqual({ problem: { state: 'NEW' } });
  });

  it('two at once link an incident to one problem', async () => {
    const ids = await Promise.all([register(), register()]);
    const results = await Promise.all(ids.map((id) => run(LINK, { id, incidentId: other })));
    expect(results.map(({ errors }) => errors.length).sort()).toEqual([0, 1]);
    expect(results.flatMap(({ errors }) => errors)).toMatchObject([{ code: 'LINKED_ELSEWHERE' }]);
  });

  it('lists are paged, newest first, and can be cut to a state', async () => {
    for (const title of ['one', 'two', 'three']) await register({ title });
    const query = `query ($after: String, $state: [ProblemState!]) { problems(first: 2, after: $after, filter: { state: $state }) {
      nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const listed: string[] = [];
    for (let after: string | null = null; ;) {
      const { data } = await test.graphql(manager, query, { after, state: 'NEW' });
      const page: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
        data?.['problems'];
      listed.push(...page.nodes.map(({ id }) => id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    const all = await test.sql<{ id: string }>(`SELECT id FROM problems.problem WHERE state = 'NEW' ORDER BY id DESC`);
    expect(listed).toEqual(all.map(({ id }) => id));
  });
});

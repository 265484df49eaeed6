import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '@graphdesk/testing';
import {
  minutesAgo,
  nextDeployment,
  someone,
  startChanges,
  statusBody,
  step,
  type Answer,
  type ChangesService,
  type GithubSource,
} from './changes-service.js';

const CHANGE = `query ($id: ID!) { change(id: $id) {
  reference state unplanned kind title requester { id } deployments { id state deployedAt endedAt reference } timeline { kind } } }`;

describe('deployments', () => {
  let test: ChangesService;
  let github: GithubSource;
  let keys = 0;

  beforeAll(async () => {
    test = await startChanges();
    github = await test.github();
  });

  afterAll(() => test.stop());

  const fresh = async (): Promise<{ key: string; serviceId: string; repository: string }> => {
    const key = `service-${(keys += 1)}`;
    return { key, serviceId: await test.knownService(key), repository: `acme/${key}` };
  };
  const changeOf = async (deploymentId: string): Promise<Answer> => {
    const [row] = await test.sql<{ change_id: string }>('SELECT change_id FROM changes.deployment WHERE id = $1', [
      deploymentId,
    ]);
    return row?.change_id ? test.ask(someone('responder'), CHANGE, { id: row.change_id }) : null;
  };
  const states = async (repository: string): Promise<unknown[]> =>
    (
      await test.sql<{ state: string }>(
        `SELECT state FROM changes.deployment WHERE reference LIKE $1 || '@%' ORDER BY deployed_at`,
        [repository],
      )
    ).map((row) => row.state);

  it('of a named change moves it to its review, at the time that GitHub gives', async () => {
    const { serviceId, repository } = await fresh();
    const change = await test.scheduledChange(serviceId);
    const at = minutesAgo(3);
    const { deploymentId } = await github.deploy({
      repository,
      at,
      payload: { change: ` ${change.reference.toLowerCase()} ` },
    });
    expect(await changeOf(deploymentId)).toMatchObject({
      reference: change.reference,
      state: 'REVIEW',
      unplanned: false,
      deployments: [{ id: deploymentId, state: 'SUCCEEDED', deployedAt: at.toISOString(), endedAt: null }],
    });
  });

  it('may name change and service in a payload that is a text', async () => {
    const { key, serviceId } = await fresh();
    const change = await test.scheduledChange(serviceId);
    const payload = JSON.stringify({ change: change.reference, service: key });
    const { deploymentId } = await github.deploy({ repository: 'acme/monorepo', payload });
    expect(await changeOf(deploymentId)).toMatchObject({ reference: change.reference, state: 'REVIEW' });
  });

  it('of an unknown repository belongs to the only service of the change it names', async () => {
    const { serviceId } = await fresh();
    const change = await test.scheduledChange(serviceId);
    const { deploymentId } = await github.deploy({
      repository: 'acme/elsewhere',
      payload: { change: change.reference },
    });
    expect(await changeOf(deploymentId)).toMatchObject({ state: 'REVIEW' });
    expect(await test.sql('SELECT service_id FROM changes.deployment WHERE id = $1', [deploymentId])).toEqual([
      { service_id: serviceId },
    ]);
  });

  it('without a name belongs to the change that is scheduled for its service and environment', async () => {
    const { serviceId, repository } = await fresh();
    const change = await test.scheduledChange(serviceId);
    const { deploymentId: staging } = await github.deploy({ repository, environment: 'staging' });
    expect(await changeOf(staging)).not.toMatchObject({ reference: change.reference });
    const { deploymentId } = await github.deploy({ repository });
    expect(await changeOf(deploymentId)).toMatchObject({ reference: change.reference, state: 'REVIEW' });
  });

  it('prefers the change that is being implemented over the one that is scheduled', async () => {
    const { serviceId, repository } = await fresh();
    await test.scheduledChange(serviceId);
    const begun = await test.scheduledChange(serviceId);
    await test.ask(someone('change-requester'), step('startImplementation'), { id: begun.id });
    const { deploymentId } = await github.deploy({ repository });
    expect(await changeOf(deploymentId)).toMatchObject({ reference: begun.reference });
  });

  it.each([
    ['names nothing and finds nothing', {}],
    ['names a change that does not exist', { change: 'CHG-99999' }],
    ['names no change at all', { change: 'the last one' }],
    ['names something else', { change: 7 }],
  ])('that %s opens an unplanned standard change', async (_case, payload) => {
    const { repository } = await fresh();
    const { deploymentId } = await github.deploy({ repository, payload });
    expect(await changeOf(deploymentId)).toMatchObject({
      kind: 'STANDARD',
      state: 'REVIEW',
      unplanned: true,
      title: `Deployment of ${repository}@c0ffee`,
      requester: null,
      timeline: ['CHANGE_REGISTERED', 'CHANGE_MOVED', 'CHANGE_MOVED', 'CHANGE_DEPLOYED'].map((kind) => ({ kind })),
    });
  });

  it('of a change without authorisation is on record and makes up no word of the authority', async () => {
    const { serviceId, repository } = await fresh();
    const { change } = await test.ask(
      someone('change-requester'),
      `mutation ($id: ID!) { registerChange(input: { title: "Too early", kind: NORMAL, serviceIds: [$id], rollbackPlan: "back" }) {
        change { id reference } } }`,
      { id: serviceId },
    );
    const { deploymentId } = await github.deploy({ repository, payload: { change: change.reference } });
    expect(await changeOf(deploymentId)).toMatchObject({ reference: change.reference, state: 'NEW', unplanned: true });
  });

  it('of a closed change opens a new one: history is not rewritten', async () => {
    const { serviceId, repository } = await fresh();
    const closed = await test.scheduledChange(serviceId);
    await github.deploy({ repository, payload: { change: closed.reference }, at: minutesAgo(9) });
    await test.ask(
      someone('change-authority'),
      `mutation ($id: ID!) { closeChange(id: $id, closeCode: SUCCESSFUL) { change { state closeCode } } }`,
      { id: closed.id },
    );
    const { deploymentId } = await github.deploy({ repository, payload: { change: closed.reference } });
    expect(await changeOf(deploymentId)).toMatchObject({ unplanned: true, state: 'REVIEW' });
  });

  it('of an unknown service is recorded, and has neither service nor change until the catalog tells', async () => {
    const { deploymentId } = await github.deploy({ repository: 'acme/nobody-knows' });
    expect(
      await test.sql('SELECT service_id, change_id, state FROM changes.deployment WHERE id = $1', [deploymentId]),
    ).toEqual([{ service_id: null, change_id: null, state: 'SUCCEEDED' }]);
  });

  it('goes through its states; each moves the change as far as it should', async () => {
    const { serviceId, repository } = await fresh();
    const change = await test.scheduledChange(serviceId);
    const id = nextDeployment();
    const payload = { change: change.reference };
    await github.send('deployment', { ...statusBody({ id, repository, payload }), deployment_status: undefined });
    const seen: unknown[] = [];
    for (const state of ['queued', 'pending', 'in_progress', 'failure', 'success', 'inactive']) {
      const { deploymentId } = await github.deploy({ id, repository, payload, state });
      const now = await changeOf(deploymentId);
      seen.push([state, now.deployments[0].state, now.state]);
    }
    expect(seen).toEqual([
      ['queued', 'PENDING', 'SCHEDULED'],
      ['pending', 'PENDING', 'SCHEDULED'],
      ['in_progress', 'IN_PROGRESS', 'IMPLEMENT'],
      ['failure', 'FAILED', 'IMPLEMENT'],
      ['success', 'SUCCEEDED', 'REVIEW'],
      ['inactive', 'SUPERSEDED', 'REVIEW'],
    ]);
  });

  it('whose reports come late or in another order ends where it ended', async () => {
    const { repository } = await fresh();
    const id = nextDeployment();
    await github.deploy({ id, repository, state: 'success', at: minutesAgo(1) });
    for (const state of ['in_progress', 'queued', 'failure']) {
      expect(await github.deploy({ id, repository, state, at: minutesAgo(2) })).toMatchObject({ state: 'SUCCEEDED' });
    }
    expect(await states(repository)).toEqual(['SUCCEEDED']);
  });

  it('whose first two reports come at once is recorded once, with one change', async () => {
    const { serviceId, repository } = await fresh();
    const id = nextDeployment();
    await Promise.all(['queued', 'in_progress', 'success'].map((state) => github.deploy({ id, repository, state })));
    expect(await states(repository)).toEqual(['SUCCEEDED']);
    expect(
      await test.sql('SELECT count(*)::int AS n FROM changes.change WHERE service_ids @> ARRAY[$1]', [serviceId]),
    ).toEqual([{ n: 1 }]);
  });

  it.each([
    ['in order', [9, 6, 3]],
    ['the last one first', [3, 9, 6]],
  ])('takes over from what ran before it, %s', async (_case, minutes) => {
    const { repository } = await fresh();
    for (const ago of minutes) await github.deploy({ repository, at: minutesAgo(ago) });
    expect(await states(repository)).toEqual(['SUPERSEDED', 'SUPERSEDED', 'SUCCEEDED']);
  });

  it('takes over once when many succeed in one place at the same moment', async () => {
    const { serviceId, repository } = await fresh();
    const changes = await Promise.all(Array.from({ length: 6 }, () => test.scheduledChange(serviceId)));
    const deploy = ({ reference }: { reference: string }, index: number): Promise<Answer> =>
      github.deploy({ repository, payload: { change: reference }, at: minutesAgo(9 - index) });
    await Promise.all(changes.map(deploy));
    expect(await states(repository)).toEqual([...Array.from({ length: 5 }, () => 'SUPERSEDED'), 'SUCCEEDED']);
  });

  const RECORD = `mutation ($input: RecordDeploymentInput!) { recordDeployment(input: $input) {
    deployment { id state service { id } change { reference state unplanned } } errors { code path } } }`;
  const pipeline = actorOf(['integration'], { id: 'int_1' });

  it('is recorded by a pipeline with a token just the same, once per id', async () => {
    const { key, serviceId } = await fresh();
    const change = await test.scheduledChange(serviceId);
    const input = { externalId: `run-${key}`, service: key, reference: 'acme/x@1', change: change.reference };
    const recorded = await test.ask(pipeline, RECORD, { input });
    expect(recorded).toMatchObject({
      deployment: {
        state: 'SUCCEEDED',
        service: { id: serviceId },
        change: { reference: change.reference, state: 'REVIEW' },
      },
      errors: [],
    });
    expect((await test.ask(pipeline, RECORD, { input })).deployment.id).toBe(recorded.deployment.id);
  });

  it.each([
    ['a time to come', { at: minutesAgo(-30).toISOString() }, ['reportedAt']],
    ['an empty environment', { environment: ' ' }, ['environment']],
  ])('with %s is refused', async (_case, fault, path) => {
    const input = { externalId: 'run-x', service: 'x', reference: 'x', ...fault };
    expect(await test.ask(pipeline, RECORD, { input })).toEqual({
      deployment: null,
      errors: [{ code: 'INVALID_INPUT', path }],
    });
  });

  it('is recorded by nobody else', async () => {
    const input = { externalId: 'run-y', service: 'y', reference: 'y' };
    const { errors } = await test.graphql(someone('admin'), RECORD, { input });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

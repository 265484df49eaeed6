import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, serviceUpdatedV1 } from '@graphdesk/contracts';
import {
  applied,
  minutesAgo,
  nextDeployment,
  someone,
  startChanges,
  type Answer,
  type ChangesService,
  type DeploymentStatus,
  type GithubSource,
} from './changes-service.js';

describe('a service that the catalog tells of after its deployment', () => {
  let test: ChangesService;
  let github: GithubSource;
  let keys = 0;

  beforeAll(async () => {
    test = await startChanges();
    github = await test.github();
  });

  afterAll(() => test.stop());

  const nextKey = (): string => `late-${(keys += 1)}`;
  const deploy = async (key: string, status: DeploymentStatus = {}): Promise<string> =>
    (await github.deploy({ repository: `acme/${key}`, at: minutesAgo(5), ...status })).deploymentId;
  const rowOf = async (id: string): Promise<Record<string, unknown> | undefined> => {
    const [row] = await test.sql(
      `SELECT d.state, d.service_id, c.state AS change, c.unplanned, c.number FROM changes.deployment d
       LEFT JOIN changes.change c ON c.id = d.change_id WHERE d.id = $1`,
      [id],
    );
    return row;
  };
  const suspectsOf = (incidentId: string): Promise<unknown[]> =>
    test.sql(
      `SELECT s.deployment_id AS deployment, r.state AS rollback FROM changes.suspected_change s
       LEFT JOIN changes.rollback_suggestion r ON r.suspected_change_id = s.id WHERE s.incident_id = $1`,
      [incidentId],
    );
  /** The news of a service whose incident is already known. */
  const tell = async (key: string, id: string = newId('service'), version = 1): Promise<string> => {
    const data = { key, name: key, tier: 'TIER_1' as const, environments: [], ownerTeamId: null };
    const all = { ...data, accountablePersonId: null, dependsOn: [] };
    await applied(test, await test.tell(serviceUpdatedV1, id, version, all));
    return id;
  };

  it('gets it: with a change of its own, on record as live', async () => {
    const key = nextKey();
    const id = await deploy(key);
    expect(await rowOf(id)).toMatchObject({ state: 'SUCCEEDED', service_id: null, change: null });
    const serviceId = await test.knownService(key);
    expect(await rowOf(id)).toMatchObject({
      state: 'SUCCEEDED',
      service_id: serviceId,
      change: 'REVIEW',
      unplanned: true,
    });
    const events = await test.sql<{ name: string; data: Answer; actor: string }>(
      `SELECT split_part(envelope->>'type', '.', 3) AS name, envelope->'data' AS data, envelope->>'actorid' AS actor
       FROM changes.outbox WHERE aggregate_id = $1 ORDER BY aggregate_version`,
      [id],
    );
    expect(events.map(({ name }) => name)).toEqual([
      'deployment-recorded',
      'deployment-moved',
      'deployment-service-identified',
    ]);
    expect(events[2]).toMatchObject({
      data: { serviceId, changeId: expect.stringMatching(/^chg_/) },
      actor: 'system:changes',
    });
  });

  it('is suspected for the incident that is open already', async () => {
    const key = nextKey();
    const id = await deploy(key);
    const serviceId = newId('service');
    const incidentId = await test.report(serviceId);
    expect(await suspectsOf(incidentId)).toEqual([]);
    await tell(key, serviceId);
    expect(await suspectsOf(incidentId)).toMatchObject([{ deployment: id }]);
  });

  it('is suspected for an incident to come, and with a way back its rollback is suggested', async () => {
    const key = nextKey();
    const [one, two] = [await test.knownService(nextKey()), await test.knownService(nextKey())];
    // A change of two services does not say which of them the pipeline means.
    const { change } = await test.ask(
      someone('change-requester'),
      `mutation ($ids: [ID!]!) { registerChange(input: { title: "Both", kind: EMERGENCY, serviceIds: $ids, rollbackPlan: "back" }) {
        change { id reference } } }`,
      { ids: [one, two] },
    );
    const id = await deploy(key, { payload: { change: change.reference } });
    expect(await rowOf(id)).toMatchObject({ service_id: null, change: 'NEW', unplanned: false });
    const serviceId = await test.knownService(key);
    expect(await rowOf(id)).toMatchObject({ service_id: serviceId, change: 'NEW', unplanned: true });
    expect(await suspectsOf(await test.report(serviceId))).toEqual([{ deployment: id, rollback: 'SUGGESTED' }]);
  });

  it('of several the latest is live and the others are superseded, each with its change', async () => {
    const key = nextKey();
    const ids = [
      await deploy(key, { at: minutesAgo(3) }),
      await deploy(key, { at: minutesAgo(9) }),
      await deploy(key, { at: minutesAgo(6) }),
    ];
    await test.knownService(key);
    const rows = await Promise.all(ids.map(rowOf));
    expect(rows.map((row) => row?.['state'])).toEqual(['SUCCEEDED', 'SUPERSEDED', 'SUPERSEDED']);
    expect(new Set(rows.map((row) => row?.['number'])).size).toBe(3);
    expect(rows.map((row) => row?.['change'])).toEqual(['REVIEW', 'REVIEW', 'REVIEW']);
  });

  it('goes on where it stood: what is under way goes live later', async () => {
    const key = nextKey();
    const run = { id: nextDeployment() };
    const id = await deploy(key, { ...run, state: 'in_progress' });
    await test.knownService(key);
    expect(await rowOf(id)).toMatchObject({ state: 'IN_PROGRESS', change: 'IMPLEMENT' });
    await deploy(key, { ...run, at: minutesAgo(1) });
    expect(await rowOf(id)).toMatchObject({ state: 'SUCCEEDED', change: 'REVIEW' });
  });

  it('told twice, it is adopted once; what is a day old stays as it is', async () => {
    const key = nextKey();
    const [old, fresh] = [await deploy(key, { at: minutesAgo(24 * 60 + 1) }), await deploy(key)];
    const serviceId = await tell(key);
    const before = await rowOf(fresh);
    await tell(key, serviceId, 2);
    expect(await rowOf(fresh)).toEqual(before);
    expect(await rowOf(old)).toMatchObject({ service_id: null, change: null });
  });

  it('both at the same moment, over and over: never missed by both', async () => {
    const all = Array.from({ length: 12 }, nextKey);
    const rounds = all.map(async (key) => Promise.all([deploy(key), test.knownService(key)]));
    for (const [id, serviceId] of await Promise.all(rounds)) {
      expect(await rowOf(id)).toMatchObject({ service_id: serviceId, change: 'REVIEW' });
    }
  });
});

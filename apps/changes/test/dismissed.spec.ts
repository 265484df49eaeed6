import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { incidentReopenedV1, serviceUpdatedV1 } from '@graphdesk/contracts';
import { actorOf } from '@graphdesk/testing';
import { SuspicionsReader } from '../src/persistence/suspicions.reader.js';
import {
  applied,
  minutesAgo,
  someone,
  startChanges,
  type Answer,
  type ChangesService,
  type DeploymentStatus,
  type GithubSource,
} from './changes-service.js';

const CONSIDERED = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident {
  suspectedChanges { id state advice rejectionReason judgedBy { id } change { reference } rollbackSuggestion { state } }
  dismissedChanges { reason minutesBefore change { reference } deployment { id state } } } } }`;
const REJECT = `mutation ($id: ID!) { rejectSuspectedChange(id: $id, reason: " not in this release ") { errors { code } } }`;

describe('a change that was considered and is not suspected', () => {
  let test: ChangesService;
  let github: GithubSource;
  let keys = 0;

  beforeAll(async () => {
    test = await startChanges();
    github = await test.github();
  });

  afterAll(() => test.stop());

  interface Place {
    key: string;
    serviceId: string;
    repository: string;
    environment: string;
  }
  /** Each with an environment of its own, so that what one test deploys is of no interest to the others. */
  const fresh = async (dependsOn: string[] = []): Promise<Place> => {
    const key = `service-${(keys += 1)}`;
    const serviceId = await test.knownService(key, dependsOn);
    return { key, serviceId, repository: `acme/${key}`, environment: `place-${keys}` };
  };
  const deploy = async ({ repository, environment }: Place, status: DeploymentStatus = {}): Promise<string> =>
    (await github.deploy({ repository, environment, at: minutesAgo(5), ...status })).deploymentId;
  const report = ({ serviceId, environment }: Place, detectedAt = minutesAgo(0)): Promise<string> =>
    test.report(serviceId, { environment, detectedAt: detectedAt.toISOString() });
  const considered = async (incidentId: string, actor = someone('responder')): Promise<Answer> =>
    (await test.ask(actor, CONSIDERED, { refs: [{ __typename: 'Incident', id: incidentId }] }))[0];

  /** What is deployed for one place, by the pipeline's own clock, and why it is not suspected there. */
  const cases: [string, string, (place: Place, other: Place) => Promise<string>][] = [
    ['of another service', 'OTHER_SERVICE', ({ environment }, other) => deploy(other, { environment })],
    ['too long before', 'OUT_OF_BOUND', (place) => deploy(place, { at: minutesAgo(250) })],
    ['in another environment', 'OTHER_ENVIRONMENT', (place) => deploy(place, { environment: 'staging' })],
  ];
  const both = cases.flatMap(([name, reason, act]) => [
    { name, reason, act, order: 'then the incident' },
    { name, reason, act, order: 'told of after the incident' },
  ]);

  it.each(both)('$name, $order: $reason is on record, and nothing is suspected', async ({ reason, act, order }) => {
    const [place, other] = [await fresh(), await fresh()];
    const early = order === 'then the incident' ? await act(place, other) : null;
    const incidentId = await report(place);
    const deploymentId = early ?? (await act(place, other));
    expect(await considered(incidentId)).toMatchObject({
      suspectedChanges: [],
      dismissedChanges: [{ reason, deployment: { id: deploymentId }, change: { reference: expect.any(String) } }],
    });
  });

  it('long after the incident: on record too', async () => {
    const place = await fresh();
    const incidentId = await report(place, minutesAgo(30));
    await deploy(place, { at: minutesAgo(1) });
    const { suspectedChanges, dismissedChanges } = await considered(incidentId);
    expect(suspectedChanges).toEqual([]);
    expect(dismissedChanges).toMatchObject([{ reason: 'OUT_OF_BOUND' }]);
    expect(dismissedChanges[0].minutesBefore).toBeCloseTo(-29, 0);
  });

  it('rolled back already: the rollback is looked at, what it took back is not suspected again', async () => {
    const place = { ...(await fresh()), environment: 'production' };
    const change = await test.scheduledChange(place.serviceId);
    const bad = await deploy(place, { payload: { change: change.reference }, at: minutesAgo(9) });
    const first = await considered(await report(place, minutesAgo(8)));
    const [{ id }] = (await test.sql<{ id: string }>(
      'SELECT id FROM changes.rollback_suggestion WHERE change_id = $1',
      [change.id],
    )) as [{ id: string }];
    expect(first.suspectedChanges).toMatchObject([{ change: { reference: change.reference } }]);
    const { rollbackSuggestion } = await test.ask(
      someone('admin'),
      `mutation ($id: ID!) { acceptRollbackSuggestion(id: $id) { rollbackSuggestion { rollbackChange { reference } } } }`,
      { id },
    );
    const rollback = rollbackSuggestion.rollbackChange;
    await deploy(place, { payload: { change: rollback.reference }, at: minutesAgo(2) });
    const { suspectedChanges, dismissedChanges } = await considered(await report(place));
    expect(suspectedChanges).toMatchObject([{ change: rollback }]);
    expect(dismissedChanges).toContainEqual({
      reason: 'ROLLED_BACK',
      minutesBefore: expect.closeTo(9, 0),
      change: { reference: change.reference },
      deployment: { id: bad, state: 'ROLLED_BACK' },
    });
  });

  it('what its service needs becomes known: suspected, dismissed no longer, each told by an event', async () => {
    const [needed, own] = [await fresh(), await fresh()];
    await deploy(needed, { environment: own.environment });
    const incidentId = await report(own);
    expect(await considered(incidentId)).toMatchObject({
      suspectedChanges: [],
      dismissedChanges: [{ reason: 'OTHER_SERVICE' }],
    });
    const described = { key: own.key, name: own.key, tier: 'TIER_1' as const, environments: [], ownerTeamId: null };
    const news = { ...described, accountablePersonId: null, dependsOn: [needed.serviceId] };
    await applied(test, await test.tell(serviceUpdatedV1, own.serviceId, 2, news));
    expect(await considered(incidentId)).toMatchObject({
      suspectedChanges: [{ state: 'SUSPECTED' }],
      dismissedChanges: [],
    });
    const events = await test.sql<{ name: string; dismissed: unknown[] | null; version: number }>(
      `SELECT split_part(envelope->>'type', '.', 3) AS name, aggregate_version AS version,
         jsonb_path_query_array(envelope, '$.data.dismissed[*].reason') AS dismissed
       FROM changes.outbox WHERE envelope->'data'->>'incidentId' = $1 ORDER BY seq`,
      [incidentId],
    );
    expect(events).toEqual([
      { name: 'changes-dismissed', version: 1, dismissed: ['OTHER_SERVICE'] },
      { name: 'change-suspected', version: 1, dismissed: [] },
      { name: 'changes-dismissed', version: 2, dismissed: [] },
    ]);
  });

  it('rejected by a person: on record by whom and why, and no later event suspects it again', async () => {
    const place = { ...(await fresh()), environment: 'production' };
    const change = await test.scheduledChange(place.serviceId);
    const payload = { change: change.reference };
    await deploy(place, { payload });
    const incidentId = await report(place);
    const [{ id }] = (await considered(incidentId)).suspectedChanges;
    await test.ask(someone('responder'), REJECT, { id });
    await deploy(place, { payload, at: minutesAgo(1) });
    const reopened = { reason: 'still slow', reopenedAt: new Date().toISOString() };
    await applied(test, await test.tell(incidentReopenedV1, incidentId, 2, reopened));
    expect(await considered(incidentId)).toMatchObject({
      suspectedChanges: [
        {
          id,
          state: 'REJECTED',
          advice: 'SILENT',
          rejectionReason: 'not in this release',
          judgedBy: { id: someone('responder').id },
          rollbackSuggestion: { state: 'WITHDRAWN' },
        },
      ],
    });
    expect((await considered(incidentId)).dismissedChanges).not.toContainEqual(
      expect.objectContaining({ change: { reference: change.reference } }),
    );
  });

  it('is shown to those who see changes, and read in one statement for many incidents', async () => {
    const place = await fresh();
    await deploy(place, { at: minutesAgo(300) });
    const incidents = await Promise.all(Array.from({ length: 5 }, () => report(place)));
    const reads = jest.spyOn(test.service.app.get(SuspicionsReader), 'searchesOf');
    const refs = incidents.map((id) => ({ __typename: 'Incident', id }));
    const found = await test.ask(someone('responder'), CONSIDERED, { refs });
    expect(found.map((incident: Answer) => incident.dismissedChanges.length)).toEqual([1, 1, 1, 1, 1]);
    expect(reads).toHaveBeenCalledTimes(1);
    expect(await considered(incidents[0] ?? '', actorOf(['requester']))).toEqual({
      suspectedChanges: [],
      dismissedChanges: [],
    });
  });
});

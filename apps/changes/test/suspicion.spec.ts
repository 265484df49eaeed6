import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  incidentReopenedV1,
  incidentReportedV1,
  incidentReprioritizedV1,
  incidentResolvedV1,
  newId,
  serviceUpdatedV1,
} from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { actorOf, eventOf, eventually, publishEvents } from '@graphdesk/testing';
import { SuspicionsReader } from '../src/persistence/suspicions.reader.js';
import { RecordDeployment } from '../src/use-cases/record-deployment.js';
import {
  applied,
  INCIDENT,
  minutesAgo,
  someone,
  startChanges,
  TENANT,
  type Answer,
  type ChangesService,
  type GithubSource,
} from './changes-service.js';

const SUSPECTS = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident { id suspectedChanges {
  id state confidence reasons minutesBefore advice adviceReason revision
  change { reference } incident { id } deployment { id } rollbackSuggestion { id state reason revision incident { id } }
} } } }`;

describe('suspicion', () => {
  let test: ChangesService;
  let github: GithubSource;
  let keys = 0;

  beforeAll(async () => {
    test = await startChanges();
    github = await test.github();
  });

  afterAll(() => test.stop());

  const fresh = async (dependsOn: string[] = []): Promise<{ key: string; serviceId: string; repository: string }> => {
    const key = `service-${(keys += 1)}`;
    return { key, serviceId: await test.knownService(key, dependsOn), repository: `acme/${key}` };
  };
  const suspects = async (incidentId: string): Promise<Answer[]> => {
    const refs = [{ __typename: 'Incident', id: incidentId }];
    return (await test.ask(someone('responder'), SUSPECTS, { refs }))[0].suspectedChanges;
  };
  const SUSPECTED = {
    state: 'SUSPECTED',
    confidence: 'HIGH',
    reasons: ['SAME_SERVICE', 'DEPLOYED_SHORTLY_BEFORE', 'SAME_ENVIRONMENT'],
    advice: 'SUGGEST',
    rollbackSuggestion: { state: 'SUGGESTED', revision: 1 },
  };

  it('deployment, then incident: linked with reasons, rollback suggested, all in events', async () => {
    const { serviceId, repository } = await fresh();
    const change = await test.scheduledChange(serviceId);
    await github.deploy({ repository, payload: { change: change.reference }, at: minutesAgo(5) });
    const incidentId = await test.report(serviceId, { detectedAt: minutesAgo(0).toISOString() });
    const [suspected, ...others] = await suspects(incidentId);
    expect(others).toEqual([]);
    expect(suspected).toMatchObject({
      ...SUSPECTED,
      change: { reference: change.reference },
      incident: { id: incidentId },
      rollbackSuggestion: { ...SUSPECTED.rollbackSuggestion, incident: { id: incidentId } },
    });
    expect(suspected.minutesBefore).toBeCloseTo(5, 0);
    const events = await test.sql(
      `SELECT envelope->>'type' AS type, envelope->>'subject' AS subject, aggregate_version AS version, envelope->>'actorid' AS actor
       FROM changes.outbox WHERE envelope->'data'->>'incidentId' = $1 ORDER BY seq`,
      [incidentId],
    );
    expect(events).toEqual([
      { type: 'graphdesk.changes.change-suspected.v1', subject: suspected.id, version: 1, actor: 'system:changes' },
      {
        type: 'graphdesk.changes.rollback-suggested.v1',
        subject: suspected.rollbackSuggestion.id,
        version: 1,
        actor: 'system:changes',
      },
    ]);
  });

  it('incident, then the news of the deployment: linked just the same', async () => {
    const { serviceId, repository } = await fresh();
    const change = await test.scheduledChange(serviceId);
    const incidentId = await test.report(serviceId);
    expect(await suspects(incidentId)).toEqual([]);
    await github.deploy({ repository, payload: { change: change.reference }, at: minutesAgo(5) });
    expect(await suspects(incidentId)).toMatchObject([SUSPECTED]);
  });

  it('incident and deployment at the same moment: linked once, never missed', async () => {
    const pairs = await Promise.all(Array.from({ length: 8 }, () => fresh()));
    const incidents = await Promise.all(
      pairs.map(async ({ serviceId, repository }) => {
        const [incidentId] = await Promise.all([
          test.report(serviceId),
          github.deploy({ repository, at: minutesAgo(1) }),
        ]);
        return incidentId;
      }),
    );
    for (const incidentId of incidents) expect(await suspects(incidentId)).toHaveLength(1);
  });

  it('an incident that is reported while a deployment is being stored waits for it, and neither misses the other', async () => {
    const { key, serviceId } = await fresh();
    const { app } = test.service;
    let recorded = (): void => undefined;
    let commit = (): void => undefined;
    const isRecorded = new Promise<void>((resolve) => (recorded = resolve));
    const mayCommit = new Promise<void>((resolve) => (commit = resolve));
    const pipeline = actorOf(['integration'], { id: 'int_1' });
    const report = {
      origin: 'int_1',
      externalId: key,
      serviceName: key,
      environment: 'production',
      reference: 'acme/x@1',
    };
    const storing = app.get(TenantDatabase).transaction(TENANT, async () => {
      const outcome = { ...report, state: 'SUCCEEDED' as const, changeReference: null, reportedAt: minutesAgo(1) };
      await app.get(RecordDeployment).execute(pipeline, outcome);
      recorded();
      await mayCommit;
    });
    await isRecorded;
    const event = eventOf(incidentReportedV1, newId('incident'), 1, { ...INCIDENT, serviceId });
    await publishEvents(test.nats.url, [event]);
    await eventually(async () => {
      const looked = await test.sql(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         UNION ALL SELECT 1 FROM changes.inbox WHERE event_id = $1`,
        [event.id],
      );
      expect(looked).toHaveLength(1);
    });
    commit();
    await storing;
    await applied(test, event);
    expect(await suspects(event.subject)).toHaveLength(1);
  });

  it('the same news twice, and a second report of the same deployment, link nothing twice', async () => {
    const { serviceId, repository } = await fresh();
    await github.deploy({ id: 9_001, repository, at: minutesAgo(5) });
    const incidentId = newId('incident');
    const event = eventOf(incidentReportedV1, incidentId, 1, { ...INCIDENT, serviceId });
    await publishEvents(test.nats.url, [event, event], { repeat: true });
    await applied(test, event);
    await github.deploy({ id: 9_001, repository, at: minutesAgo(5) });
    const after = eventOf(incidentReportedV1, newId('incident'), 1, { ...INCIDENT, serviceId: null });
    await publishEvents(test.nats.url, [event, after], { repeat: true });
    await applied(test, after);
    expect(await suspects(incidentId)).toHaveLength(1);
    expect(await test.sql('SELECT count(*)::int AS n FROM changes.inbox WHERE event_id = $1', [event.id])).toEqual([
      { n: 1 },
    ]);
  });

  it('a deployment of what the service needs is suspected; of what needs the service, not', async () => {
    const database = await fresh();
    const own = await fresh([database.serviceId]);
    const above = await fresh([own.serviceId]);
    await github.deploy({ repository: database.repository, at: minutesAgo(5) });
    await github.deploy({ repository: above.repository, at: minutesAgo(5) });
    const before = await test.report(own.serviceId);
    expect(await suspects(before)).toMatchObject([{ reasons: expect.arrayContaining(['DEPENDENCY_OF_SERVICE']) }]);
    await github.deploy({ repository: database.repository, at: minutesAgo(1) });
    expect(await suspects(before)).toHaveLength(2);
  });

  it('what a service needs may become known after its incident', async () => {
    const database = await fresh();
    const own = await fresh();
    await github.deploy({ repository: database.repository, at: minutesAgo(5) });
    const incidentId = await test.report(own.serviceId);
    expect(await suspects(incidentId)).toEqual([]);
    const description = { key: own.key, name: own.key, tier: 'TIER_1' as const, environments: ['production'] };
    const people = { ownerTeamId: null, accountablePersonId: null };
    await applied(
      test,
      await test.tell(serviceUpdatedV1, own.serviceId, 2, {
        ...description,
        ...people,
        dependsOn: [database.serviceId],
      }),
    );
    expect(await suspects(incidentId)).toHaveLength(1);
  });

  it.each([
    ['hours before the bound', { at: minutesAgo(250) }, {}],
    ['long after the incident', { at: minutesAgo(1) }, { detectedAt: minutesAgo(30).toISOString() }],
    ['somewhere else', { at: minutesAgo(5), environment: 'staging' }, {}],
    ['that failed', { at: minutesAgo(5), state: 'failure' }, {}],
    ['that only began', { at: minutesAgo(5), state: 'in_progress' }, {}],
  ])('a deployment %s is no suspect', async (_case, deployment, incident) => {
    const { serviceId, repository } = await fresh();
    await github.deploy({ repository, ...deployment });
    const first = await test.report(serviceId, incident);
    expect(await suspects(first)).toEqual([]);
  });

  it('an import, an incident without a service, and one that is resolved have no suspects', async () => {
    const { serviceId, repository } = await fresh();
    const resolved = await test.report(serviceId);
    const resolution = { resolutionCode: 'FIXED' as const, notes: 'restarted', resolvedBy: 'per_1' };
    const at = new Date().toISOString();
    await applied(test, await test.tell(incidentResolvedV1, resolved, 2, { ...resolution, resolvedAt: at }));
    await github.deploy({ repository, at: minutesAgo(1) });
    const imported = await test.report(serviceId, { origin: 'IMPORT' });
    const catchAll = await test.report(null);
    for (const incidentId of [resolved, imported, catchAll]) expect(await suspects(incidentId)).toEqual([]);
    await applied(test, await test.tell(incidentReopenedV1, resolved, 3, { reason: 'still slow', reopenedAt: at }));
    expect(await suspects(resolved)).toHaveLength(1);
  });

  it('of an import nothing is ever suspected, whatever is told of it and whatever goes live', async () => {
    const other = await fresh();
    const { key, serviceId, repository } = await fresh();
    const imported = await test.report(serviceId, { origin: 'IMPORT' });
    const at = new Date().toISOString();
    await github.deploy({ repository, at: minutesAgo(1) });
    await github.deploy({ repository: other.repository, at: minutesAgo(1) });
    const resolution = { resolutionCode: 'FIXED' as const, notes: 'restarted', resolvedBy: 'per_1', resolvedAt: at };
    const assessed = { impact: 'HIGH' as const, urgency: 'HIGH' as const, matrixVersion: 1, reason: 'many are hurt' };
    await test.tell(incidentResolvedV1, imported, 2, resolution);
    await test.tell(incidentReopenedV1, imported, 3, { reason: 'still slow', reopenedAt: at });
    await applied(test, await test.tell(incidentReprioritizedV1, imported, 4, { ...assessed, priority: 'P1' }));
    const service = { key, name: key, tier: 'TIER_1' as const, environments: ['production'], ownerTeamId: null };
    const needs = { ...service, accountablePersonId: null, dependsOn: [other.serviceId] };
    await applied(test, await test.tell(serviceUpdatedV1, serviceId, 2, needs));
    await github.deploy({ repository, at: minutesAgo(1) });
    expect(await suspects(imported)).toEqual([]);
    const said = `SELECT 1 FROM changes.outbox WHERE envelope->'data'->>'incidentId' = $1`;
    expect(await test.sql(said, [imported])).toEqual([]);
  });

  it('the policy uses the priority that the incident has by then', async () => {
    const { serviceId, repository } = await fresh();
    const change = await test.scheduledChange(serviceId);
    const incidentId = await test.report(serviceId, { priority: 'P4' });
    const assessed = { impact: 'HIGH' as const, urgency: 'HIGH' as const, matrixVersion: 1, reason: 'many are hurt' };
    await applied(test, await test.tell(incidentReprioritizedV1, incidentId, 2, { ...assessed, priority: 'P1' }));
    await github.deploy({ repository, payload: { change: change.reference }, at: minutesAgo(1) });
    expect(await suspects(incidentId)).toMatchObject([{ rollbackSuggestion: { state: 'SUGGESTED' } }]);
  });

  it('the policy is asked again when the incident gets another priority, and suggests once', async () => {
    const { serviceId, repository } = await fresh();
    const change = await test.scheduledChange(serviceId);
    await github.deploy({ repository, payload: { change: change.reference }, at: minutesAgo(1) });
    const incidentId = await test.report(serviceId, { priority: 'P4' });
    expect(await suspects(incidentId)).toMatchObject([{ advice: 'SILENT', rollbackSuggestion: null, revision: 1 }]);
    const assessed = { impact: 'HIGH' as const, urgency: 'HIGH' as const, matrixVersion: 1, reason: 'many are hurt' };
    const priorities = ['P1', 'P1', 'P2'] as const;
    for (const [index, priority] of priorities.entries()) {
      await applied(test, await test.tell(incidentReprioritizedV1, incidentId, index + 2, { ...assessed, priority }));
    }
    expect(await suspects(incidentId)).toMatchObject([
      {
        advice: 'SUGGEST',
        adviceReason: expect.stringMatching(/^P2/),
        revision: 3,
        rollbackSuggestion: { revision: 1 },
      },
    ]);
  });

  it('without a way back nothing is suggested, and the reason is told', async () => {
    const { serviceId, repository } = await fresh();
    await github.deploy({ repository, at: minutesAgo(5) });
    expect(await suspects(await test.report(serviceId))).toMatchObject([
      {
        advice: 'ASK',
        adviceReason: 'P1 with high confidence, but the change has no rollback plan: people decide',
        rollbackSuggestion: null,
      },
    ]);
  });

  it('news that arrive while the service is down are not lost', async () => {
    const { serviceId, repository } = await fresh();
    await github.deploy({ repository, at: minutesAgo(5) });
    const event = eventOf(incidentReportedV1, newId('incident'), 1, { ...INCIDENT, serviceId });
    await test.service.stop();
    await publishEvents(test.nats.url, [event]);
    await test.restart();
    await applied(test, event);
    expect(await suspects(event.subject)).toHaveLength(1);
  });

  it('ten incidents with their suspects and suggestions are read in one statement per kind', async () => {
    const { serviceId, repository } = await fresh();
    await github.deploy({ repository, at: minutesAgo(5) });
    const incidents = await Promise.all(Array.from({ length: 10 }, () => test.report(serviceId)));
    const reader = test.service.app.get(SuspicionsReader);
    const [links, suggestions] = [jest.spyOn(reader, 'ofIncidents'), jest.spyOn(reader, 'suggestionsOf')];
    const refs = incidents.map((id) => ({ __typename: 'Incident', id }));
    const found = await test.ask(someone('responder'), SUSPECTS, { refs });
    expect(found.map((incident: Answer) => incident.suspectedChanges.length)).toEqual(
      Array.from({ length: 10 }, () => 1),
    );
    expect([links.mock.calls.length, suggestions.mock.calls.length]).toEqual([1, 1]);
  });
});

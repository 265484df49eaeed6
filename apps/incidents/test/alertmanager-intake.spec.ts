import { TenantDatabase } from '@graphdesk/database';
import { eventually } from '@graphdesk/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CancelIncident } from '../src/use-cases/cancel-incident.js';
import {
  createSource,
  incidentsOf,
  payloadText,
  registerTenant,
  startIncidents,
  type Hook,
  type IncidentsService,
  type Tenant,
} from './incidents-service.js';

describe('alerts of an Alertmanager', () => {
  let service: IncidentsService;
  let tenant: Tenant;
  let hook: Hook;

  beforeAll(async () => {
    service = await startIncidents();
  });
  afterAll(() => service.stop());

  const fresh = async (): Promise<void> => {
    tenant = await registerTenant(service);
    hook = await createSource(service, tenant);
  };
  const deliver = async (name: string): Promise<unknown> => {
    const response = await hook.post(payloadText(name));
    expect(response.status).toBe(200);
    return response.json();
  };

  it('an alert becomes one owned, classified incident', async () => {
    await fresh();
    const receipt = await deliver('queue-lag-firing');
    const [incident, ...others] = await incidentsOf(service, tenant.responder);
    expect(others).toEqual([]);
    expect(receipt).toEqual({ alerts: 1, incidents: [incident!['id']] });
    expect(incident).toMatchObject({
      reference: 'INC-1',
      title: 'QueueLag on billing',
      description: 'Lag above 5 min\n\nThe consumer is 7 minutes behind.',
      state: 'NEW',
      impact: 'HIGH',
      urgency: 'HIGH',
      priority: 'P1',
      matrixVersion: 1,
      classificationReasons: ['ALERT_SEVERITY', 'SERVICE_TIER'],
      environment: 'production',
      origin: 'ALERT',
      signature: 'QueueLag',
      revision: 2,
      allowedTransitions: ['IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CANCELED'],
      service: { id: tenant.serviceId },
      owner: { id: tenant.accountableId },
      milestones: { detectedAt: '2026-11-23T02:00:04.123Z', declaredAt: '2026-11-23T02:05:00.000Z' },
      alerts: [{ name: 'QueueLag', status: 'FIRING', severity: 'CRITICAL', endsAt: null }],
      timeline: [
        {
          revision: 1,
          kind: 'INCIDENT_REPORTED',
          text: 'Reported as P1: QueueLag on billing',
          actorId: 'system:incidents',
        },
        { revision: 2, kind: 'INCIDENT_ALERT_ATTACHED', text: 'Alert QueueLag (CRITICAL) is FIRING' },
      ],
    });
  });

  it('a repeat and a second copy change nothing; another instance joins; the last all-clear resolves', async () => {
    await fresh();
    await deliver('queue-lag-firing');
    expect(await deliver('queue-lag-firing')).toEqual({ alerts: 1, incidents: [] });
    expect(await deliver('queue-lag-repeated')).toEqual({ alerts: 1, incidents: [] });
    expect((await incidentsOf(service, tenant.responder))[0]).toMatchObject({ revision: 2, state: 'NEW' });

    await deliver('queue-lag-second-instance');
    expect((await incidentsOf(service, tenant.responder))[0]).toMatchObject({ revision: 3, state: 'NEW' });

    await deliver('queue-lag-one-cleared');
    expect((await incidentsOf(service, tenant.responder))[0]).toMatchObject({ revision: 4, state: 'NEW' });

    await deliver('queue-lag-all-cleared');
    const incidents = await incidentsOf(service, tenant.responder);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({
      revision: 6,
      state: 'RESOLVED',
      resolutionCode: 'ALERT_CLEARED',
      allowedTransitions: ['IN_PROGRESS'],
      alerts: [
        { status: 'RESOLVED', endsAt: '2026-11-23T02:21:40.770Z' },
        { status: 'RESOLVED', endsAt: '2026-11-23T02:15:00.000Z' },
      ],
    });
    expect(await deliver('queue-lag-all-cleared')).toEqual({ alerts: 2, incidents: [] });
  });

  it('deliveries in the wrong order end in the same place: an all-clear first troubles nobody', async () => {
    await fresh();
    await deliver('queue-lag-all-cleared');
    await deliver('queue-lag-one-cleared');
    await deliver('queue-lag-firing');
    expect(await incidentsOf(service, tenant.responder)).toEqual([]);
    const rows = await service.sql('SELECT status, incident_id FROM incidents.alert WHERE tenant_id = $1', [tenant.id]);
    expect(rows).toEqual([
      { status: 'RESOLVED', incident_id: null },
      { status: 'RESOLVED', incident_id: null },
    ]);
  });

  it('many deliveries at once make one incident, each alert once', async () => {
    await fresh();
    const bodies = Array.from({ length: 12 }, (_, i) =>
      payloadText(i % 2 ? 'queue-lag-firing' : 'queue-lag-second-instance').replace(
        'kb.example.org',
        `kb${i}.example.org`,
      ),
    );
    const answers = await Promise.all(bodies.map((body) => hook.post(body)));
    expect(answers.map((answer) => answer.status)).toEqual(bodies.map(() => 200));
    const incidents = await incidentsOf(service, tenant.responder);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ revision: 3, alerts: [{ status: 'FIRING' }, { status: 'FIRING' }] });
  });

  it('two sources that tell of the same thing at once make one incident', async () => {
    await fresh();
    const other = await createSource(service, tenant, 'Second Alertmanager');
    const answers = await Promise.all([hook, other].map((one) => one.post(payloadText('queue-lag-firing'))));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    const incidents = await incidentsOf(service, tenant.responder);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]!['alerts']).toHaveLength(2);
  });

  it('an alert that comes while somebody cancels the incident of its kind becomes a new one', async () => {
    await fresh();
    await deliver('queue-lag-firing');
    const [{ id }] = (await incidentsOf(service, tenant.responder)) as [{ id: string }];
    const { app } = service.service;
    const canceled = deferred();
    const mayCommit = deferred();
    const canceling = app.get(TenantDatabase).transaction(tenant.id, async () => {
      await app.get(CancelIncident).execute(tenant.responder, id, 'a duplicate');
      canceled.resolve();
      await mayCommit.promise;
    });
    await canceled.promise;
    const delivering = deliver('queue-lag-second-instance');
    await eventually(async () => {
      const waiting = await service.sql(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = $1`,
        [new URL(service.database.url).pathname.slice(1)],
      );
      expect(waiting).toHaveLength(1);
    });
    mayCommit.resolve();
    await canceling;
    await delivering;
    const states = (await incidentsOf(service, tenant.responder)).map((incident) => incident['state']);
    expect(states.toSorted()).toEqual(['CANCELED', 'NEW']);
  });

  it('firing again within the recovery window reopens; after a validated recovery it is a new incident', async () => {
    await fresh();
    await deliver('queue-lag-firing');
    const [{ id }] = (await incidentsOf(service, tenant.responder)) as [{ id: string }];
    const resolve = `mutation($id: ID!) { resolveIncident(id: $id, resolutionCode: ROLLED_BACK, notes: "back to 41") { errors { code } } }`;
    await service.graphql(tenant.responder, resolve, { id });
    expect(await deliver('queue-lag-repeated')).toEqual({ alerts: 1, incidents: [] });

    service.clock.passMinutes(10);
    await deliver('queue-lag-second-instance');
    expect(await incidentsOf(service, tenant.responder)).toMatchObject([{ id, state: 'IN_PROGRESS' }]);

    await service.graphql(tenant.responder, resolve, { id });
    await service.graphql(tenant.colleague, 'mutation($id: ID!) { validateRecovery(id: $id) { errors { code } } }', {
      id,
    });
    await hook.post(payloadText('queue-lag-firing').replaceAll('9f1c2ab3d4e5f601', '0000000000000003'));
    expect(await incidentsOf(service, tenant.responder)).toMatchObject([
      { id, state: 'RESOLVED' },
      { reference: 'INC-2', state: 'NEW', revision: 2 },
    ]);

    const reopen = `mutation($id: ID!) { reopenIncident(id: $id, reason: "still slow") { incident { id } errors { code } } }`;
    const { data } = await service.graphql(tenant.responder, reopen, { id });
    expect(data!['reopenIncident']).toEqual({ incident: null, errors: [{ code: 'OPEN_INCIDENT_EXISTS' }] });
  });

  it('an unknown service goes to the catch-all, which tells so; odd alerts are logged too', async () => {
    await fresh();
    await deliver('unknown-service');
    await deliver('bare');
    expect(await incidentsOf(service, tenant.responder)).toMatchObject([
      {
        title: 'DiskFull on unknown service biling',
        service: null,
        environment: 'staging',
        impact: 'MEDIUM',
        urgency: 'MEDIUM',
        priority: 'P3',
        classificationReasons: ['SEVERITY_UNKNOWN', 'SERVICE_UNKNOWN'],
        owner: { id: tenant.leadId },
      },
      {
        title: 'unnamed alert cbf29ce484222325, no service named',
        classificationReasons: ['SEVERITY_MISSING', 'SERVICE_NOT_NAMED'],
        milestones: { detectedAt: service.clock.now().toISOString() },
      },
    ]);
  });

  it('a storm of 4,000 alerts of one kind in one delivery is one incident, and its all-clear resolves it', async () => {
    await fresh();
    const storm = (status: string, endsAt: string): string => {
      const alerts = Array.from({ length: 4_000 }, (_, i) => ({
        status,
        labels: { alertname: 'NodeDown', service: 'billing', severity: 'critical', instance: `n-${i}` },
        annotations: {},
        startsAt: '2026-11-23T02:00:04Z',
        endsAt,
        fingerprint: i.toString(16).padStart(16, '0'),
      }));
      return JSON.stringify({ version: '4', status, alerts });
    };
    expect((await hook.post(storm('firing', '0001-01-01T00:00:00Z'))).status).toBe(200);
    expect((await hook.post(storm('resolved', '2026-11-23T02:09:00Z'))).status).toBe(200);
    const query = '{ incidents { nodes { revision state } } }';
    const { data } = await service.graphql(tenant.responder, query);
    // Reported, 4,000 times fired, 4,000 times cleared, resolved.
    expect(data?.['incidents'].nodes).toEqual([{ revision: 8_002, state: 'RESOLVED' }]);
  });

  it('keeps the body as it came, unknown fields included', async () => {
    await fresh();
    await deliver('bare');
    const [row] = await service.sql<{ body: string }>(
      `SELECT d.body FROM incidents.alert a
       JOIN incidents.intake_delivery d ON d.digest = a.delivery_digest AND d.source_id = a.source_id
       WHERE a.tenant_id = $1`,
      [tenant.id],
    );
    expect(row?.body).toBe(payloadText('bare'));
  });

  it('characters that the database refuses are replaced, and the alert is logged', async () => {
    await fresh();
    const body = payloadText('queue-lag-firing').replace('Lag above 5 min', 'Lag\\u0000above \\ud800 5 min');
    expect((await hook.post(body)).status).toBe(200);
    const [incident] = await incidentsOf(service, tenant.responder);
    expect(incident!['description']).toMatch(/^Lag\uFFFDabove \uFFFD 5 min/);
  });
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeSuspectedV1,
  newId,
  problemProposedV1,
  rollbackExpiredV1,
  rollbackFailedV1,
  rollbackSucceededV1,
  rollbackSuggestedV1,
  suspicionConfirmedV1,
  suspicionRejectedV1,
  serviceRegisteredV1,
  serviceUpdatedV1,
  tenantUpdatedV1,
  type EventEnvelope,
} from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { eventOf, eventually, publishEvents } from '@graphdesk/testing';
import {
  billing,
  createSource,
  incidentsOf,
  payloadText,
  registerTenant,
  startIncidents,
  type IncidentsService,
  type Tenant,
} from './incidents-service.js';

describe('what incidents does about events', () => {
  let service: IncidentsService;
  beforeAll(async () => {
    service = await startIncidents();
  });
  afterAll(() => service.stop());

  const publish = async (...events: EventEnvelope[]): Promise<void> => {
    await publishEvents(service.nats.url, events);
    await publishEvents(service.nats.url, events, { repeat: true });
    await eventually(async () => {
      const ids = events.map((event) => event.id);
      const rows = await service.sql('SELECT 1 FROM incidents.inbox WHERE event_id = ANY($1)', [ids]);
      expect(rows).toHaveLength(ids.length);
    });
  };
  const alerted = async (tenant: Tenant, payload = 'queue-lag-firing'): Promise<string> => {
    const hook = await createSource(service, tenant, `Source ${newId('event')}`);
    const receipt = (await (await hook.post(payloadText(payload))).json()) as { incidents: string[] };
    return receipt.incidents[0]!;
  };
  const annotations = async (tenant: Tenant): Promise<unknown[]> => {
    const [incident] = await incidentsOf(service, tenant.responder);
    const timeline = incident!['timeline'] as { kind: string; text: string }[];
    return timeline.filter((entry) => !entry.kind.startsWith('INCIDENT_'));
  };

  it('a suspected change and its rollback stand on the timeline, each once however often it is told', async () => {
    const tenant = await registerTenant(service);
    const own = { tenantid: tenant.id };
    const incidentId = await alerted(tenant);
    const [changeId, suspicion, rollback] = [newId('change'), newId('suspectedChange'), newId('rollbackSuggestion')];
    const about = { incidentId, changeId, rollbackChangeId: newId('change') };
    await publish(
      eventOf(
        changeSuspectedV1,
        suspicion,
        1,
        {
          ...about,
          changeNumber: 12,
          deploymentId: newId('deployment'),
          confidence: 'HIGH',
          reasons: ['SAME_SERVICE', 'DEPLOYED_SHORTLY_BEFORE'],
          minutesBefore: 5,
        },
        own,
      ),
    );
    const expired = { ...about, changeNumber: 12, reason: 'nobody answered within 240 minutes' };
    const suggested = { ...about, changeNumber: 12, suspectedChangeId: suspicion, reason: 'P1, confidence HIGH' };
    await publish(
      eventOf(rollbackSuggestedV1, rollback, 1, suggested, own),
      eventOf(rollbackExpiredV1, rollback, 2, { ...expired, unanswered: true }, own),
      eventOf(rollbackFailedV1, rollback, 3, about, own),
      eventOf(rollbackFailedV1, rollback, 4, { ...about, rollbackChangeId: newId('change') }, own),
      eventOf(rollbackSucceededV1, rollback, 5, about, own),
      eventOf(rollbackExpiredV1, newId('rollbackSuggestion'), 1, expired, own),
    );
    const judged = { ...about, changeNumber: 12, by: newId('person') };
    await publish(eventOf(suspicionRejectedV1, suspicion, 2, { ...judged, reason: 'not in this release' }, own));
    await publish(eventOf(suspicionConfirmedV1, newId('suspectedChange'), 1, judged, own));
    expect(await annotations(tenant)).toEqual([
      expect.objectContaining({
        kind: 'CHANGE_SUSPECTED',
        text: 'CHG-12 is suspected, confidence HIGH: SAME_SERVICE, DEPLOYED_SHORTLY_BEFORE',
        actorId: 'system:incidents',
      }),
      expect.objectContaining({
        kind: 'ROLLBACK_SUGGESTED',
        text: 'Rolling back CHG-12 is suggested: P1, confidence HIGH',
      }),
      expect.objectContaining({
        kind: 'ROLLBACK_EXPIRED',
        text: 'Rolling back CHG-12 is suggested no longer: nobody answered within 240 minutes',
      }),
      expect.objectContaining({ kind: 'ROLLBACK_FAILED' }),
      expect.objectContaining({ kind: 'ROLLBACK_FAILED' }),
      expect.objectContaining({ kind: 'ROLLBACK_SUCCEEDED' }),
      expect.objectContaining({ kind: 'SUSPICION_REJECTED', text: 'CHG-12 is not the cause: not in this release' }),
      expect.objectContaining({ kind: 'SUSPICION_CONFIRMED', text: 'CHG-12 is confirmed as the cause' }),
    ]);
    // The cause is carried on: what incidents publishes names the event that led to it.
    const [caused] = await service.sql<{ causation: string }>(
      `SELECT envelope->>'causationid' AS causation FROM incidents.outbox
       WHERE aggregate_id = $1 AND envelope->'data'->>'kind' = 'CHANGE_SUSPECTED'`,
      [incidentId],
    );
    expect(caused?.causation).toMatch(/^evt_/);
  });

  it('a proposed problem stands on the timeline of each of its incidents', async () => {
    const tenant = await registerTenant(service);
    const incidentIds = [await alerted(tenant), await alerted(tenant, 'unknown-service')];
    await publish(
      eventOf(
        problemProposedV1,
        newId('problem'),
        1,
        {
          number: 3,
          title: 'QueueLag again and again',
          serviceId: tenant.serviceId,
          signature: 'QueueLag',
          incidentIds,
          proposedAt: '2026-11-23T03:00:00.000Z',
        },
        { tenantid: tenant.id },
      ),
    );
    for (const incident of await incidentsOf(service, tenant.responder)) {
      expect(incident['timeline']).toContainEqual(
        expect.objectContaining({
          kind: 'PROBLEM_PROPOSED',
          text: 'PRB-3 is proposed as the cause: QueueLag again and again',
        }),
      );
    }
  });

  it('an incident that nobody could own gets an owner as soon as one is named, and keeps it', async () => {
    const tenant = await registerTenant(service, { lead: false, service: { accountablePersonId: null } });
    const own = { tenantid: tenant.id };
    await alerted(tenant);
    await alerted(tenant, 'unknown-service');
    expect(await incidentsOf(service, tenant.responder)).toMatchObject([{ owner: null }, { owner: null }]);

    await publish(eventOf(serviceUpdatedV1, tenant.serviceId, 2, billing(tenant), own));
    expect(await incidentsOf(service, tenant.responder)).toMatchObject([
      { owner: { id: tenant.accountableId } },
      { owner: null },
    ]);
    const lead = { name: 'Example', serviceDeskLeadId: tenant.leadId };
    await publish(eventOf(tenantUpdatedV1, tenant.id, 2, lead, own));
    expect(await incidentsOf(service, tenant.responder)).toMatchObject([
      { owner: { id: tenant.accountableId }, revision: 3 },
      { owner: { id: tenant.leadId }, revision: 3 },
    ]);
  });

  it('an incident that nobody can own yet is not waited for', async () => {
    const tenant = await registerTenant(service, { lead: false, service: { accountablePersonId: null } });
    const id = await alerted(tenant);
    await service.service.app.get(TenantDatabase).transaction(tenant.id, async (tx) => {
      await tx.query('SELECT 1 FROM incident WHERE id = $1 FOR UPDATE', [id]);
      const other = eventOf(serviceRegisteredV1, newId('service'), 1, billing(tenant, { key: 'other' }), {
        tenantid: tenant.id,
      });
      await publish(other);
    });
    expect(await incidentsOf(service, tenant.responder)).toMatchObject([{ owner: null, revision: 2 }]);
  });

  it('more incidents than are read at once all get their owner', async () => {
    const tenant = await registerTenant(service, { lead: false });
    const report = `mutation { reportIncident(input: { title: "One of many", impact: LOW, urgency: LOW }) { incident { id } } }`;
    for (let i = 0; i < 101; i += 1) await service.graphql(tenant.responder, report);
    const lead = { name: 'Example', serviceDeskLeadId: tenant.leadId };
    await publish(eventOf(tenantUpdatedV1, tenant.id, 2, lead, { tenantid: tenant.id }));
    expect(
      await service.sql('SELECT owner_id, count(*)::int AS n FROM incidents.incident WHERE tenant_id = $1 GROUP BY 1', [
        tenant.id,
      ]),
    ).toEqual([{ owner_id: tenant.leadId, n: 101 }]);
  });

  it('an alert that comes before the catalog told of anything is logged all the same', async () => {
    const tenant = await registerTenant(service, { service: null });
    await alerted(tenant);
    await publish(eventOf(serviceRegisteredV1, tenant.serviceId, 1, billing(tenant), { tenantid: tenant.id }));
    const hook = await createSource(service, tenant);
    await hook.post(payloadText('queue-lag-second-instance'));
    expect(await incidentsOf(service, tenant.responder)).toMatchObject([
      { title: 'QueueLag on unknown service billing', service: null, owner: { id: tenant.leadId } },
    ]);
  });

  it('what is published reaches the stream in order', async () => {
    const tenant = await registerTenant(service);
    const id = await alerted(tenant);
    await eventually(async () => {
      const rows = await service.sql(
        'SELECT aggregate_version AS v FROM incidents.outbox WHERE aggregate_id = $1 AND published_seq IS NOT NULL ORDER BY published_seq',
        [id],
      );
      expect(rows).toEqual([{ v: 1 }, { v: 2 }]);
    });
  });
});

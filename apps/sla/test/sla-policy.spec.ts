import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, tenantRegisteredV1 } from '@graphdesk/contracts';
import type { Actor } from '@graphdesk/identity';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  eventOf,
  eventually,
  publishEvents,
  startTestService,
  type Startable,
  type TestService,
} from '@graphdesk/testing';
import { sla } from '../src/sla.module.js';
import { IncidentTold } from './incident-events.js';

const POLICY = `{ slaPolicy { id revision targets { priority measure minutes } } }`;
const SET = `mutation ($targets: [SlaTargetInput!]!) { setSlaTargets(targets: $targets) {
  slaPolicy { revision targets { priority measure minutes } } errors { code path } } }`;
const CLOCKS = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident {
  slaClocks { measure targetMinutes policyVersion } } } }`;

describe('the SLA policy', () => {
  let test: TestService<Startable>;
  let admin: Actor;

  beforeAll(async () => {
    test = await startTestService('sla', (environment) => startSubgraph(sla, environment));
  });

  beforeEach(() => {
    admin = actorOf(['admin'], { tenantId: newId('tenant') });
  });

  afterAll(() => test.stop());

  const set = async (targets: object[], actor = admin): Promise<{ slaPolicy: { targets: object[] } | null }> =>
    (await test.graphql(actor, SET, { targets })).data?.['setSlaTargets'];

  const clocksOf = async (incident: IncidentTold): Promise<object[]> =>
    eventually(async () => {
      const refs = [{ __typename: 'Incident', id: incident.id }];
      const clocks = (await test.graphql(admin, CLOCKS, { refs })).data?.['_entities'][0].slaClocks;
      expect(clocks).toHaveLength(2);
      return clocks;
    });

  it('is there once the tenant is, and only one', async () => {
    const tenant = { name: 'Acme', serviceDeskLeadId: null };
    const registered = eventOf(tenantRegisteredV1, admin.tenantId, 1, tenant, { tenantid: admin.tenantId });
    const incident = new IncidentTold({}, { tenantid: admin.tenantId });
    await publishEvents(test.nats.url, [registered, ...incident.events]);
    await publishEvents(test.nats.url, [registered], { repeat: true });
    await clocksOf(incident);
    const policy = await eventually(async () => {
      const { data } = await test.graphql(admin, POLICY);
      expect(data?.['slaPolicy']).not.toBeNull();
      return data?.['slaPolicy'];
    });
    expect(policy).toMatchObject({ revision: 1 });
    expect(policy.targets).toHaveLength(8);
    const rows = await test.sql('SELECT id FROM sla.sla_policy WHERE tenant_id = $1', [admin.tenantId]);
    expect(rows).toEqual([{ id: policy.id }]);
  });

  it('is null for a tenant of whom nothing was heard', async () => {
    expect((await test.graphql(admin, POLICY)).data).toEqual({ slaPolicy: null });
  });

  it('new targets are a new version; clocks that run keep theirs, also when their priority changes', async () => {
    const before = new IncidentTold({ priority: 'P1' }, { tenantid: admin.tenantId });
    await publishEvents(test.nats.url, before.events);
    await clocksOf(before);
    const result = await set([
      { priority: 'P1', measure: 'TIME_TO_OWN', minutes: 5 },
      { priority: 'P2', measure: 'TIME_TO_OWN', minutes: 6 },
    ]);
    expect(result).toMatchObject({ slaPolicy: { revision: 2 }, errors: [] });
    expect(result.slaPolicy?.targets).toContainEqual({ priority: 'P1', measure: 'TIME_TO_OWN', minutes: 5 });
    expect(result.slaPolicy?.targets).toContainEqual({ priority: 'P1', measure: 'TIME_TO_RESOLVE', minutes: 240 });

    const after = new IncidentTold({ priority: 'P1' }, { tenantid: admin.tenantId });
    await publishEvents(test.nats.url, [...after.events, ...before.reprioritized(3, 'P2').events.slice(1)]);
    expect((await clocksOf(after))[0]).toMatchObject({ targetMinutes: 5, policyVersion: 2 });
    await eventually(async () =>
      expect((await clocksOf(before))[0]).toMatchObject({ targetMinutes: 30, policyVersion: 1 }),
    );
  });

  it.each([
    [[{ priority: 'P1', measure: 'TIME_TO_OWN', minutes: 0 }], 'TARGET_OUT_OF_BOUNDS'],
    [[{ priority: 'P4', measure: 'TIME_TO_RESOLVE', minutes: 1 }], 'OWN_AFTER_RESOLVE'],
  ])('%j is refused and leaves the version as it is', async (targets, code) => {
    expect(await set(targets)).toMatchObject({ slaPolicy: null, errors: [{ code }] });
    expect((await test.graphql(admin, POLICY)).data?.['slaPolicy'].revision).toBe(1);
  });

  it('is set by admins alone, and refusing makes nothing', async () => {
    const targets = [{ priority: 'P1', measure: 'TIME_TO_OWN', minutes: 5 }];
    const responder = actorOf(['responder'], { tenantId: admin.tenantId });
    expect(await set(targets, responder)).toMatchObject({ slaPolicy: null, errors: [{ code: 'NOT_ALLOWED' }] });
    expect((await test.graphql(admin, POLICY)).data).toEqual({ slaPolicy: null });
  });
});

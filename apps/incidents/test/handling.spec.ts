import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import type { Actor } from '@graphdesk/identity';
import { actorOf } from '@graphdesk/testing';
import {
  INCIDENT_FIELDS,
  incidentsOf,
  registerTenant,
  startIncidents,
  type IncidentsService,
  type Tenant,
} from './incidents-service.js';

/** What a mutation answers; `incident` is null when refused. */
interface Answer {
  readonly incident: {
    readonly id: string;
    readonly reference: string;
    readonly state: string;
    readonly revision: number;
  };
  readonly errors: readonly { readonly code: string }[];
}

describe('people and incidents', () => {
  let service: IncidentsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await startIncidents();
    tenant = await registerTenant(service);
  });
  afterAll(() => service.stop());

  const report = async (input: Record<string, unknown> = {}, actor: Actor = tenant.responder): Promise<Answer> => {
    const statement = { title: 'Invoices are late', impact: 'HIGH', urgency: 'MEDIUM', ...input };
    const mutation = `mutation($input: ReportIncidentInput!) { reportIncident(input: $input) {
      incident { ${INCIDENT_FIELDS} } errors { code path } } }`;
    const { data, errors } = await service.graphql(actor, mutation, { input: statement });
    if (!data) throw new Error(JSON.stringify(errors));
    return data['reportIncident'];
  };
  const act = async (actor: Actor, name: string, id: string, args = ''): Promise<Answer> => {
    const mutation = `mutation($id: ID!) { ${name}(id: $id${args && ', '}${args}) { incident { ${INCIDENT_FIELDS} }
      errors { __typename code path retryable ... on InvalidTransition { from allowed } } } }`;
    const { data, errors } = await service.graphql(actor, mutation, { id });
    if (!data) throw new Error(JSON.stringify(errors));
    return data[name];
  };

  it('a reported incident has a priority from the matrix and one owner', async () => {
    const { incident, errors } = await report({ serviceId: tenant.serviceId, environment: 'production' });
    expect(errors).toEqual([]);
    expect(incident).toMatchObject({
      state: 'NEW',
      priority: 'P2',
      matrixVersion: 1,
      classificationReasons: ['STATED_BY_PERSON'],
      origin: 'PERSON',
      revision: 1,
      service: { id: tenant.serviceId },
      owner: { id: tenant.accountableId },
      reporter: { id: tenant.responder.id },
    });
    const rows = await service.sql('SELECT version FROM incidents.priority_matrix WHERE tenant_id = $1', [tenant.id]);
    expect(rows).toEqual([{ version: 1 }]);
  });

  it('a P2 goes its whole way; every step is an event, a revision and an entry of the timeline', async () => {
    const { id } = (await report()).incident;
    const other = actorOf(['responder'], { id: tenant.colleague.id, tenantId: tenant.id });
    const steps: readonly [Actor, string, string, string][] = [
      [tenant.responder, 'acknowledgeIncident', '', 'IN_PROGRESS'],
      [tenant.responder, 'holdIncident', 'onHoldReason: AWAITING_VENDOR', 'ON_HOLD'],
      [tenant.responder, 'resumeIncident', '', 'IN_PROGRESS'],
      [tenant.responder, 'assignIncident', `ownerId: "${tenant.leadId}", reason: "end of shift"`, 'IN_PROGRESS'],
      [tenant.responder, 'reprioritizeIncident', 'impact: HIGH, urgency: HIGH, reason: "everybody"', 'IN_PROGRESS'],
      [tenant.responder, 'resolveIncident', 'resolutionCode: WORKAROUND, notes: "queue drained by hand"', 'RESOLVED'],
      [tenant.responder, 'reopenIncident', 'reason: "it came back"', 'IN_PROGRESS'],
      [tenant.responder, 'resolveIncident', 'resolutionCode: FIXED, notes: "consumer restarted"', 'RESOLVED'],
      [other, 'validateRecovery', '', 'RESOLVED'],
      [other, 'closeIncident', '', 'CLOSED'],
    ];
    let revision = 1;
    for (const [actor, name, args, state] of steps) {
      service.clock.passMinutes(1);
      const { incident, errors } = await act(actor, name, id, args);
      expect({ name, errors, state: incident?.state, revision: incident?.revision }).toEqual({
        name,
        errors: [],
        state,
        revision: ++revision,
      });
    }
    const closed = (await incidentsOf(service, tenant.responder)).find((incident) => incident['id'] === id);
    expect(closed).toMatchObject({ priority: 'P1', owner: { id: tenant.leadId }, allowedTransitions: [] });
    const timeline = closed!['timeline'] as { revision: number; kind: string; text: string; actorId: string }[];
    expect(timeline.map((entry) => entry.revision)).toEqual(Array.from({ length: revision }, (_, i) => i + 1));
    expect(timeline.at(-1)).toMatchObject({ kind: 'INCIDENT_CLOSED', actorId: tenant.colleague.id });
    expect(timeline[5]).toMatchObject({ text: 'Now P1: everybody' });
    const events = await service.sql<{ version: number; name: string }>(
      `SELECT aggregate_version AS version, split_part(envelope->>'type', '.', 3) AS name
       FROM incidents.outbox WHERE aggregate_id = $1 ORDER BY seq`,
      [id],
    );
    expect(events.map((event) => event.version)).toEqual(timeline.map((entry) => entry.revision));
    expect(events.map((event) => event.name.toUpperCase().replaceAll('-', '_'))).toEqual(timeline.map((e) => e.kind));
  });

  it('a forbidden transition names where it is and what is allowed', async () => {
    const { id } = (await report()).incident;
    await act(tenant.responder, 'cancelIncident', id, 'reason: "a planned test"');
    expect(await act(tenant.responder, 'resolveIncident', id, 'resolutionCode: FIXED, notes: "late"')).toEqual({
      incident: null,
      errors: [
        {
          __typename: 'InvalidTransition',
          code: 'INVALID_TRANSITION',
          path: [],
          retryable: false,
          from: 'CANCELED',
          allowed: [],
        },
      ],
    });
  });

  it('a P1 or P2 is not closed before a second person saw the fix hold', async () => {
    const { id } = (await report()).incident;
    await act(tenant.responder, 'resolveIncident', id, 'resolutionCode: FIXED, notes: "restarted"');
    const refused = async (actor: Actor, name: string): Promise<string> =>
      (await act(actor, name, id)).errors.map((error) => error.code).join();
    expect(await refused(tenant.responder, 'closeIncident')).toBe('RECOVERY_NOT_VALIDATED');
    expect(await refused(tenant.responder, 'validateRecovery')).toBe('SECOND_PERSON_REQUIRED');
    expect(await refused(tenant.colleague, 'validateRecovery')).toBe('');
    expect(await refused(tenant.responder, 'closeIncident')).toBe('');
  });

  it.each([
    ['an unknown service', { serviceId: newId('service') }, 'UNKNOWN_REFERENCE', 'serviceId'],
    ['an empty title', { title: ' ' }, 'INVALID_INPUT', 'title'],
    ['an endless title', { title: 'x'.repeat(201) }, 'INVALID_INPUT', 'title'],
    ['a character no text has', { title: 'a\u0000b' }, 'INVALID_INPUT', 'title'],
    ['the same in the environment', { environment: 'a\u0000b' }, 'INVALID_INPUT', 'environment'],
    ['a start in the future', { impactStartedAt: '2099-01-01T00:00:00Z' }, 'INVALID_INPUT', 'impactStartedAt'],
  ])('%s is refused and takes no number', async (_, input, code, field) => {
    const before = await service.sql('SELECT value FROM incidents.counter WHERE tenant_id = $1', [tenant.id]);
    expect(await report(input)).toEqual({ incident: null, errors: [{ code, path: [field] }] });
    expect(await service.sql('SELECT value FROM incidents.counter WHERE tenant_id = $1', [tenant.id])).toEqual(before);
  });

  it('an unknown person owns nothing', async () => {
    const { id } = (await report()).incident;
    const { errors } = await act(tenant.responder, 'assignIncident', id, `ownerId: "${newId('person')}", reason: "x"`);
    expect(errors).toMatchObject([{ code: 'UNKNOWN_REFERENCE', path: ['ownerId'], retryable: true }]);
  });

  it('reporters report and see their own; only handlers handle; auditors read', async () => {
    const requester = actorOf(['requester'], { id: newId('person'), tenantId: tenant.id });
    const auditor = actorOf(['auditor'], { id: newId('person'), tenantId: tenant.id });
    const { incident } = await report({ title: 'My screen is dark' }, requester);
    expect((await incidentsOf(service, requester)).map((one) => one['title'])).toEqual(['My screen is dark']);
    expect((await incidentsOf(service, auditor)).length).toBeGreaterThan(1);
    for (const actor of [requester, auditor]) {
      expect((await act(actor, 'acknowledgeIncident', incident.id)).errors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    }
    expect((await report({}, auditor)).errors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  });

  it('two people who acknowledge at once are one after the other', async () => {
    const { id } = (await report()).incident;
    const both = await Promise.all(
      [tenant.responder, tenant.colleague].map((actor) => act(actor, 'acknowledgeIncident', id)),
    );
    expect(both.map(({ incident }) => incident.revision).sort()).toEqual([2, 3]);
  });

  it('a list is narrowed by state, priority, service and owner', async () => {
    const { incident } = await report({
      serviceId: tenant.serviceId,
      impact: 'LOW',
      urgency: 'LOW',
      title: 'Only one',
    });
    const query = `query($filter: IncidentFilterInput) { incidents(filter: $filter) { nodes { title } } }`;
    const titles = async (filter: Record<string, unknown>): Promise<unknown> => {
      const { data, errors } = await service.graphql(tenant.responder, query, { filter });
      return data?.['incidents'].nodes.map((node: { title: string }) => node.title) ?? errors;
    };
    const exactly = { state: 'NEW', priority: ['P4'], serviceId: tenant.serviceId, ownerId: tenant.accountableId };
    expect(await titles(exactly)).toEqual(['Only one']);
    expect(await titles({ ...exactly, state: ['CLOSED', 'CANCELED'] })).toEqual([]);
    expect(await titles({ ...exactly, priority: ['P1', 'P2'] })).not.toContain('Only one');
    expect(await titles({ ...exactly, ownerId: tenant.leadId })).toEqual([]);

    const number = Number(incident.reference.replace('INC-', ''));
    const { data } = await service.graphql(tenant.responder, `{ incidentByNumber(number: ${number}) { title } }`);
    expect(data?.['incidentByNumber']).toEqual({ title: 'Only one' });
  });

  it('only admins allow a monitor, and its name is theirs once', async () => {
    const mutation = `mutation { createIntakeSource(name: "Once", kind: ALERTMANAGER) { secret errors { code } } }`;
    const { data: refused } = await service.graphql(tenant.responder, mutation);
    expect(refused?.['createIntakeSource']).toEqual({ secret: null, errors: [{ code: 'NOT_ALLOWED' }] });
    const { data: made } = await service.graphql(tenant.admin, mutation);
    expect(made?.['createIntakeSource']).toEqual({ secret: expect.stringMatching(/^gdi_.{43}$/), errors: [] });
    const { data: again } = await service.graphql(tenant.admin, mutation);
    expect(again?.['createIntakeSource']).toEqual({ secret: null, errors: [{ code: 'NAME_TAKEN' }] });
    const stored = await service.sql(
      `SELECT i::text AS row FROM incidents.intake_source i UNION SELECT envelope::text FROM incidents.outbox`,
    );
    const secret = made?.['createIntakeSource'].secret as string;
    expect(stored.some(({ row }) => String(row).includes(secret))).toBe(false);
  });

  it.each([
    [
      'reportIncident',
      'mutation { reportIncident(input: { title: "Nobody knows us", impact: LOW, urgency: LOW }) { incident { id } errors { code retryable } } }',
      { incident: null },
    ],
    [
      'createIntakeSource',
      'mutation { createIntakeSource(name: "Early", kind: ALERTMANAGER) { intakeSource { id } secret errors { code retryable } } }',
      { intakeSource: null, secret: null },
    ],
  ])(
    '%s of a tenant that the catalog has not told of is refused for now, and nothing is stored',
    async (name, mutation, nothing) => {
      const tenantId = newId('tenant');
      const { data } = await service.graphql(actorOf(['admin', 'responder'], { tenantId }), mutation);
      expect(data?.[name]).toEqual({ ...nothing, errors: [{ code: 'UNKNOWN_TENANT', retryable: true }] });
      for (const table of ['incident', 'intake_source', 'priority_matrix', 'counter', 'outbox']) {
        expect(await service.sql(`SELECT 1 FROM incidents.${table} WHERE tenant_id = $1`, [tenantId])).toEqual([]);
      }
    },
  );
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { TABLES_WITHOUT_TENANT } from '@graphdesk/messaging';
import { actorOf, holesInTheWall, rolesAboveTheWall, tablesOutsideTheWall } from '@graphdesk/testing';
import {
  createSource,
  INCIDENT_FIELDS,
  incidentsOf,
  payloadText,
  registerTenant,
  startIncidents,
  type IncidentsService,
  type Tenant,
} from './incidents-service.js';

describe('who sees what', () => {
  let service: IncidentsService;
  let tenant: Tenant;
  let stranger: Tenant;
  let incidentId: string;

  beforeAll(async () => {
    service = await startIncidents();
    [tenant, stranger] = [await registerTenant(service), await registerTenant(service)];
    const hook = await createSource(service, tenant);
    const receipt = (await (await hook.post(payloadText('queue-lag-firing'))).json()) as { incidents: [string] };
    await hook.post(payloadText('unknown-service'));
    incidentId = receipt.incidents[0];
  });
  afterAll(() => service.stop());

  const entities = async (actor: Actor, fields: string, ...representations: object[]): Promise<unknown> => {
    const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`;
    const { data, errors } = await service.graphql(actor, query, { representations });
    return data?.['_entities'] ?? errors;
  };
  const asIncident = (): object => ({ __typename: 'Incident', id: incidentId });

  it('every table is behind the wall, and nothing sees through it', async () => {
    const outside = await tablesOutsideTheWall(service.sql, 'incidents');
    expect(outside.filter((table) => !(table in TABLES_WITHOUT_TENANT))).toEqual([]);
    expect(await holesInTheWall(service.sql, 'incidents')).toEqual([]);
    expect(await rolesAboveTheWall(service.sql, 'incidents')).toEqual([]);
  });

  it('a stranger finds nothing: not by list, id, number, entity, service, person or mutation', async () => {
    const admin = { ...stranger.admin };
    expect(await incidentsOf(service, admin)).toEqual([]);
    const { data } = await service.graphql(
      admin,
      `query($id: ID!) { incident(id: $id) { id } incidentByNumber(number: 1) { id } intakeSources { id } }`,
      { id: incidentId },
    );
    expect(data).toEqual({ incident: null, incidentByNumber: null, intakeSources: [] });
    expect(
      await entities(
        admin,
        '... on Incident { title } ... on Service { openIncidents { id } } ... on Person { assignedIncidents { id } }',
        asIncident(),
        { __typename: 'Service', id: tenant.serviceId },
        { __typename: 'Person', id: tenant.accountableId },
      ),
    ).toEqual([null, { openIncidents: [] }, { assignedIncidents: [] }]);
    const mutation = `mutation($id: ID!) { acknowledgeIncident(id: $id) { incident { id } errors { code } } }`;
    const acknowledged = (await service.graphql(stranger.responder, mutation, { id: incidentId })).data;
    expect(acknowledged?.['acknowledgeIncident']).toEqual({ incident: null, errors: [{ code: 'NOT_FOUND' }] });
  });

  it('the same questions of the tenant itself are answered', async () => {
    expect(
      await entities(
        tenant.responder,
        '... on Incident { title } ... on Service { openIncidents { id } } ... on Person { assignedIncidents { id } }',
        asIncident(),
        { __typename: 'Service', id: tenant.serviceId },
        { __typename: 'Person', id: tenant.accountableId },
      ),
    ).toEqual([
      { title: 'QueueLag on billing' },
      { openIncidents: [{ id: incidentId }] },
      { assignedIncidents: [{ id: incidentId }] },
    ]);
  });

  it.each([
    ['a partner with the service in scope', ['partner'], true, 1],
    ['a partner without a scope', ['partner'], false, 0],
    ['an integration', ['integration'], true, 0],
    ['an operator', ['operator'], false, 0],
    ['a requester who reported nothing', ['requester'], false, 0],
    ['an auditor', ['auditor'], false, 2],
  ] as const)('%s sees as many incidents as concern them', async (_, roles, scoped, count) => {
    const actor = actorOf([...roles], {
      id: newId('person'),
      tenantId: tenant.id,
      ...(scoped && { serviceScope: [tenant.serviceId] }),
    });
    const { data } = await service.graphql(actor, '{ incidents { nodes { reference title priority } } }');
    expect(data?.['incidents'].nodes).toHaveLength(count);
    expect(await entities(actor, '... on Incident { id }', asIncident())).toEqual([
      count > 0 ? { id: incidentId } : null,
    ]);
  });

  it('a partner sees what concerns them, without the inner detail', async () => {
    const partner = actorOf(['partner'], { id: 'par_1', tenantId: tenant.id, serviceScope: [tenant.serviceId] });
    for (const field of ['description', 'owner { id }', 'timeline { text }', 'alerts { name }']) {
      const { errors } = await service.graphql(partner, `{ incidents { nodes { ${field} } } }`);
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });

  it('a list costs the same statements for one incident as for many', async () => {
    const statements = async (query: string): Promise<number> => {
      const dataSource = service.service.app.get(TenantDatabase)['dataSource'];
      const runner = Object.getPrototypeOf(dataSource.createQueryRunner());
      const spy = jest.spyOn(runner, 'query');
      try {
        const { errors } = await service.graphql(tenant.responder, query);
        expect(errors).toBeUndefined();
        return spy.mock.calls.length;
      } finally {
        spy.mockRestore();
      }
    };
    const list = (first: number): string => `{ incidents(first: ${first}) { nodes { ${INCIDENT_FIELDS} } } }`;
    const one = await statements(list(1));
    const input = { title: 'One of many', impact: 'LOW', urgency: 'LOW', serviceId: tenant.serviceId };
    const report = `mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { incident { id } } }`;
    for (let i = 0; i < 20; i += 1) await service.graphql(tenant.responder, report, { input });
    expect(await statements(list(20))).toBe(one);
    // Per reading: the tenant is set, one statement reads. List, alerts and timeline, each in its own transaction.
    expect(one).toBe(3 * 4);
  });
});

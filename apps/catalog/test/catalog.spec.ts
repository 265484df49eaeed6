import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSubgraph } from '@graphdesk/subgraph';
import { actorOf, startTestService, type Startable, type TestService } from '@graphdesk/testing';
import { catalog } from '../src/catalog.module.js';

const admin = actorOf(['admin']);
const responder = actorOf(['responder']);
const operator = actorOf(['operator']);

/** What the mutation below selects; `service` is there unless the spec expects a refusal. */
interface Registered {
  readonly service: { readonly id: string; readonly key: string };
  readonly errors: readonly { readonly code: string }[];
}

/** One page of keys. */
interface KeyPage {
  readonly nodes: readonly { readonly key: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const REGISTER_SERVICE = `mutation ($input: RegisterServiceInput!) { registerService(input: $input) {
  service { id key tier revision dependsOn { key } accountablePerson { name } }
  errors { __typename code path }
} }`;

describe('the catalog', () => {
  let test: TestService<Startable>;

  beforeAll(async () => {
    test = await startTestService('catalog', (environment) => startSubgraph(catalog, environment));
  });

  afterAll(() => test.stop());

  const register = async (input: Record<string, unknown>, actor = admin): Promise<Registered> =>
    (await test.graphql(actor, REGISTER_SERVICE, { input })).data?.['registerService'];

  it('a tenant is registered once, by an operator', async () => {
    const mutation = `mutation { registerTenant(name: "Acme") { tenant { id name revision } errors { code } } }`;
    expect((await test.graphql(operator, mutation)).data).toEqual({
      registerTenant: { tenant: { id: operator.tenantId, name: 'Acme', revision: 1 }, errors: [] },
    });
    expect((await test.graphql(operator, mutation)).data).toEqual({
      registerTenant: { tenant: null, errors: [{ code: 'TENANT_EXISTS' }] },
    });
    expect((await test.graphql(admin, mutation)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('a service has its people, its dependencies and one event per change', async () => {
    const person = (
      await test.graphql(
        admin,
        `mutation { registerPerson(input: { name: "Ann", email: "Ann@example.org" }) { person { id email revision } } }`,
      )
    ).data?.['registerPerson'].person;
    expect(person).toMatchObject({ email: 'ann@example.org', revision: 1 });
    const database = await register({ key: 'ledger-db', name: 'Ledger database', tier: 'TIER_1' });
    const ledger = await register({
      key: 'ledger',
      name: 'Ledger',
      tier: 'TIER_1',
      accountablePersonId: person.id,
      dependsOn: [database.service.id],
    });
    expect(ledger).toMatchObject({
      service: { key: 'ledger', revision: 1, dependsOn: [{ key: 'ledger-db' }], accountablePerson: { name: 'Ann' } },
      errors: [],
    });

    const update = `mutation ($id: ID!, $tier: ServiceTier!) {
      updateService(id: $id, input: { name: "Ledger", tier: $tier }) { service { tier revision } errors { code } } }`;
    const changed = { tier: 'TIER_2', revision: 2 };
    for (let time = 0; time < 2; time += 1) {
      const { data } = await test.graphql(admin, update, { id: ledger.service.id, tier: 'TIER_2' });
      expect(data?.['updateService']).toEqual({ service: changed, errors: [] });
    }
    const events = await test.sql<{ version: number; type: string }>(
      `SELECT aggregate_version AS version, envelope->>'type' AS type FROM catalog.outbox WHERE aggregate_id = $1 ORDER BY 1`,
      [ledger.service.id],
    );
    expect(events).toEqual([
      { version: 1, type: 'graphdesk.catalog.service-registered.v1' },
      { version: 2, type: 'graphdesk.catalog.service-updated.v1' },
    ]);
  });

  it('nothing is registered for a tenant that no operator has registered', async () => {
    const nobody = actorOf(['admin'], { tenantId: 'ten_01kb0000000000000000000009' });
    const { data } = await test.graphql(
      nobody,
      `mutation {
        registerTeam(name: "T") { errors { code } }
        registerPerson(input: { name: "P", email: "p@example.org" }) { errors { code } }
        registerService(input: { key: "s", name: "S", tier: TIER_3 }) { errors { code } }
      }`,
    );
    const refused = { errors: [{ code: 'UNKNOWN_TENANT' }] };
    expect(data).toEqual({ registerTeam: refused, registerPerson: refused, registerService: refused });
    expect(await test.sql('SELECT FROM catalog.outbox WHERE tenant_id = $1', [nobody.tenantId])).toEqual([]);
  });

  it.each([
    ['a name with NUL', { name: 'a\u0000' }, 'INVALID_INPUT', ['name']],
    ['an endless name', { name: 'a'.repeat(201) }, 'INVALID_INPUT', ['name']],
    ['a key that is taken', { key: 'twice' }, 'KEY_TAKEN', ['key']],
    ['a key that fits no label', { key: 'No Good' }, 'INVALID_KEY', ['key']],
    [
      'a dependency that does not exist',
      { dependsOn: ['svc_01kb0000000000000000000009'] },
      'UNKNOWN_REFERENCE',
      ['dependsOn'],
    ],
    [
      'an owner that does not exist',
      { ownerTeamId: 'team_01kb0000000000000000000009' },
      'UNKNOWN_REFERENCE',
      ['ownerTeamId'],
    ],
  ])('%s is refused and leaves nothing behind', async (_case, fault, code, path) => {
    await register({ key: 'twice', name: 'Twice', tier: 'TIER_3' });
    const before = await test.sql('SELECT count(*) FROM catalog.outbox');
    expect(await register({ key: 'fresh', name: 'Fresh', tier: 'TIER_3', ...fault })).toEqual({
      service: null,
      errors: [{ __typename: 'Refusal', code, path }],
    });
    expect(await test.sql('SELECT count(*) FROM catalog.outbox')).toEqual(before);
  });

  it('a responder may read and not write', async () => {
    const refused = await register({ key: 'by-responder', name: 'No', tier: 'TIER_3' }, responder);
    expect(refused).toMatchObject({ service: null, errors: [{ code: 'NOT_ALLOWED' }] });
    const { data } = await test.graphql(responder, `{ services(first: 100) { nodes { key } } }`);
    expect(data?.['services'].nodes.map((node: { key: string }) => node.key)).toContain('twice');
  });

  it('pages are cut without holes or repeats, in one statement each', async () => {
    for (const key of ['page-1', 'page-2', 'page-3']) await register({ key, name: key, tier: 'TIER_3' });
    const query = `query ($after: String) { services(first: 2, after: $after) { nodes { key } pageInfo { hasNextPage endCursor } } }`;
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const page: KeyPage = (await test.graphql(admin, query, { after })).data?.['services'];
      seen.push(...page.nodes.map((node) => node.key));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    const all = await test.sql<{ key: string }>('SELECT key FROM catalog.service ORDER BY id DESC');
    expect(seen).toEqual(all.map((row) => row.key));
  });

  it.each([['0'], ['101'], ['-1']])('a page of %s is refused', async (first) => {
    const { errors } = await test.graphql(admin, `{ services(first: ${first}) { nodes { key } } }`);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('a partner sees the services of their scope, and of those no inner detail', async () => {
    const { service } = await register({ key: 'shared', name: 'Shared', tier: 'TIER_2' });
    const partner = actorOf(['partner'], { id: 'par_1', serviceScope: [service.id] });
    const { data } = await test.graphql(
      partner,
      `{ services { nodes { key } } twice: serviceByKey(key: "twice") { key } }`,
    );
    expect(data).toEqual({ services: { nodes: [{ key: 'shared' }] }, twice: null });
    const { errors } = await test.graphql(partner, `{ services { nodes { tier } } }`);
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

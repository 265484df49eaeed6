import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TABLES_WITHOUT_TENANT } from '@graphdesk/messaging';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  holesInTheWall,
  rolesAboveTheWall,
  startTestService,
  tablesOutsideTheWall,
  type Startable,
  type TestService,
} from '@graphdesk/testing';
import pg from 'pg';
import { catalog } from '../src/catalog.module.js';

const admin = actorOf(['admin']);
const stranger = actorOf(['admin'], { tenantId: 'ten_01kb0000000000000000000002' });

describe('tenants of the catalog', () => {
  let test: TestService<Startable>;
  let app: pg.Client;
  let serviceId: string;

  beforeAll(async () => {
    test = await startTestService('catalog', (environment) => startSubgraph(catalog, environment));
    app = new pg.Client({ connectionString: test.environment['DATABASE_URL'], options: '-c search_path=catalog' });
    await app.connect();
    for (const { tenantId } of [admin, stranger]) {
      await test.graphql(
        actorOf(['operator'], { tenantId }),
        'mutation { registerTenant(name: "T") { errors { code } } }',
      );
    }
    const { data } = await test.graphql(
      admin,
      `mutation { registerService(input: { key: "own", name: "Own", tier: TIER_1 }) { service { id } } }`,
    );
    serviceId = data?.['registerService'].service.id;
  });

  afterAll(async () => {
    await app.end();
    await test.stop();
  });

  it('every table is behind the wall or on the list, nothing sees through it, nobody stands above it', async () => {
    expect(await tablesOutsideTheWall(test.sql, 'catalog')).toEqual(Object.keys(TABLES_WITHOUT_TENANT).sort());
    expect(await holesInTheWall(test.sql, 'catalog')).toEqual([]);
    expect(await rolesAboveTheWall(test.sql, 'catalog')).toEqual([]);
  });

  it('the check of the wall sees a table without one', async () => {
    await test.sql('CREATE TABLE catalog.forgotten (id text)');
    expect(await tablesOutsideTheWall(test.sql, 'catalog')).toContain('forgotten');
    await test.sql('DROP TABLE catalog.forgotten');
  });

  it('the app role sees its own rows alone, and without a tenant it fails instead of seeing nothing', async () => {
    await expect(app.query('SELECT * FROM service')).rejects.toThrow(/graphdesk\.tenant/);
    await app.query('BEGIN');
    await app.query(`SELECT set_config('graphdesk.tenant', $1, true)`, [stranger.tenantId]);
    expect((await app.query('SELECT * FROM service')).rows).toEqual([]);
    expect((await app.query(`UPDATE service SET name = 'mine'`)).rowCount).toBe(0);
    await expect(
      app.query(`INSERT INTO team (id, tenant_id, version, name) VALUES ('team_1', $1, 1, 'x')`, [admin.tenantId]),
    ).rejects.toThrow(/row-level security/);
    await app.query('ROLLBACK');
    await expect(app.query('SELECT * FROM service')).rejects.toThrow(/no tenant/);
  });

  it('a stranger sees nothing by any road, entity references included', async () => {
    const query = `query ($id: ID!, $refs: [_Any!]!) {
      service(id: $id) { id } serviceByKey(key: "own") { id } services { nodes { id } }
      _entities(representations: $refs) { ... on Service { id name } } }`;
    const variables = { id: serviceId, refs: [{ __typename: 'Service', id: serviceId }] };
    expect((await test.graphql(stranger, query, variables)).data).toEqual({
      service: null,
      serviceByKey: null,
      services: { nodes: [] },
      _entities: [null],
    });
    expect((await test.graphql(admin, query, variables)).data).toMatchObject({
      service: { id: serviceId },
      _entities: [{ id: serviceId, name: 'Own' }],
    });
  });

  it('a stranger may use the same key and cannot change a foreign service', async () => {
    const { data } = await test.graphql(
      stranger,
      `mutation ($id: ID!) {
        own: registerService(input: { key: "own", name: "Twin", tier: TIER_1 }) { errors { code } }
        foreign: updateService(id: $id, input: { name: "Taken over", tier: TIER_3 }) { service { id } errors { code } }
      }`,
      { id: serviceId },
    );
    expect(data).toEqual({ own: { errors: [] }, foreign: { service: null, errors: [{ code: 'NOT_FOUND' }] } });
  });
});

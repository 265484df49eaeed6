import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSubgraph } from '@graphdesk/subgraph';
import { actorOf, startTestService, type Startable, type TestService } from '@graphdesk/testing';
import { catalog } from '../src/catalog.module.js';

const admin = actorOf(['admin']);

const IMPORT = `mutation ($system: String!, $people: [DirectoryEntryInput!]!, $teams: [DirectoryEntryInput!]!) {
  importDirectory(system: $system, people: $people, teams: $teams) {
    people { externalId outcome code person { id name email } }
    teams { externalId outcome code team { id name } }
    errors { code path }
  } }`;

interface Entry {
  readonly externalId: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly person: { readonly id: string; readonly name: string; readonly email: string | null } | null;
  readonly team: { readonly id: string } | null;
}

interface Imported {
  readonly people: readonly Entry[];
  readonly teams: readonly Entry[];
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
}

const named = (name: string): { externalId: string; name: string } => ({ externalId: name, name });

describe('importing a directory', () => {
  let test: TestService<Startable>;

  beforeAll(async () => {
    test = await startTestService('catalog', (environment) => startSubgraph(catalog, environment));
    for (const tenantId of [admin.tenantId, 'ten_01kb0000000000000000000002']) {
      const operator = actorOf(['operator'], { tenantId });
      await test.graphql(operator, 'mutation { registerTenant(name: "T") { errors { code } } }');
    }
  });

  afterAll(() => test.stop());

  const take = async (
    people: string[],
    teams: string[] = [],
    system = 'servicenow',
    actor = admin,
  ): Promise<Imported> => {
    const variables = { system, people: people.map(named), teams: teams.map(named) };
    const { data, errors } = await test.graphql(actor, IMPORT, variables);
    expect(errors).toBeUndefined();
    return data?.['importDirectory'];
  };

  it('makes each person and team once, without an address, and says where they come from', async () => {
    const first = await take(['Caller 1', 'Resolver 1', 'Caller 1'], ['Group 7']);
    expect(first.people.map(({ outcome }) => outcome)).toEqual(['IMPORTED', 'IMPORTED', 'KNOWN']);
    expect(first.people[0]?.person).toMatchObject({ name: 'Caller 1', email: null });
    const again = await take(['Caller 1', 'Caller 2'], ['Group 7']);
    expect(again.people.map(({ outcome }) => outcome)).toEqual(['KNOWN', 'IMPORTED']);
    expect(again.people[0]?.person?.id).toBe(first.people[0]?.person?.id);
    expect(again.teams).toMatchObject([{ outcome: 'KNOWN', team: { id: first.teams[0]?.team?.id } }]);
    const events = await test.sql<{ data: unknown }>(
      `SELECT envelope->'data' AS data FROM catalog.outbox WHERE aggregate_id = $1`,
      [first.people[0]?.person?.id],
    );
    expect(events).toEqual([
      {
        data: {
          name: 'Caller 1',
          email: null,
          teamIds: [],
          importedFrom: { system: 'servicenow', externalId: 'Caller 1' },
        },
      },
    ]);
  });

  it('another system and another tenant have a Caller 1 of their own', async () => {
    const ids = new Set<string | undefined>();
    const stranger = actorOf(['admin'], { tenantId: 'ten_01kb0000000000000000000002' });
    for (const { people } of [
      await take(['Caller 1']),
      await take(['Caller 1'], [], 'other'),
      await take(['Caller 1'], [], 'servicenow', stranger),
    ]) {
      ids.add(people[0]?.person?.id);
    }
    expect(ids.size).toBe(3);
  });

  it('a team of the same name that is here already is the same team', async () => {
    const { data } = await test.graphql(admin, 'mutation { registerTeam(name: "Payments") { team { id } } }');
    expect((await take([], ['Payments'])).teams[0]?.team?.id).toBe(data?.['registerTeam'].team.id);
  });

  it('an entry that cannot be is refused alone', async () => {
    const { people } = await take(['', 'Caller 30', 'a'.repeat(201)]);
    expect(people.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['REFUSED', 'INVALID_INPUT'],
      ['IMPORTED', null],
      ['REFUSED', 'INVALID_INPUT'],
    ]);
  });

  it('two imports at the same moment make each person once', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `Racer ${n}`);
    const both = await Promise.all([take(names), take(names)]);
    const outcomes = both.flatMap(({ people }) => people.map(({ outcome }) => outcome));
    expect(outcomes.filter((outcome) => outcome === 'IMPORTED')).toHaveLength(40);
    expect(outcomes.filter((outcome) => outcome === 'KNOWN')).toHaveLength(40);
  });

  it.each([
    ['more than 500 entries', Array.from({ length: 501 }, (_, n) => `P ${n}`), 'servicenow', admin, 'INVALID_INPUT'],
    ['a system without a name', ['Caller 1'], '', admin, 'INVALID_INPUT'],
    ['anybody but an admin', ['Caller 1'], 'servicenow', actorOf(['responder']), 'NOT_ALLOWED'],
    [
      'a tenant that nobody registered',
      ['Caller 1'],
      'servicenow',
      actorOf(['admin'], { tenantId: 'ten_01kb0000000000000000000009' }),
      'UNKNOWN_TENANT',
    ],
  ])('%s: nothing at all is imported', async (_case, people, system, actor, code) => {
    const before = await test.sql('SELECT count(*) FROM catalog.outbox');
    expect(await take(people, [], system, actor)).toMatchObject({ people: [], teams: [], errors: [{ code }] });
    expect(await test.sql('SELECT count(*) FROM catalog.outbox')).toEqual(before);
  });
});

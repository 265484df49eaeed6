import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  eventually,
  publishEvents,
  startTestService,
  type Startable,
  type TestService,
} from '@graphdesk/testing';
import { problems } from '../src/problems.module.js';
import { canceled, incidentIds, reported } from './incident-events.js';

const admin = actorOf(['admin']);
const RAISED = '2016-02-29T10:06:00.000Z';

const IMPORT = `mutation ($system: String!, $problems: [ImportedProblemInput!]!) {
  importProblems(system: $system, problems: $problems) {
    results { externalId outcome code retryable skippedIncidentIds
      problem { id title state origin revision incidentCount raisedAt externalReference { system externalId } } }
    errors { code path }
  } }`;

interface Result {
  readonly outcome: string;
  readonly code: string | null;
  readonly retryable: boolean;
  readonly skippedIncidentIds: readonly string[];
  readonly problem: { readonly id: string } | null;
}

interface Imported {
  readonly results: readonly Result[];
  readonly errors: readonly { readonly code: string }[];
}

describe('importing problems', () => {
  let test: TestService<Startable>;
  const [first, second, third, gone] = incidentIds(4) as [string, string, string, string];

  beforeAll(async () => {
    test = await startTestService('problems', (environment) => startSubgraph(problems, environment));
    const incidents = [first, second, third, gone].map((id) => reported(id, { serviceId: null, signature: null }));
    await publishEvents(test.nats.url, [...incidents, canceled(gone)]);
    await eventually(async () => expect(await test.sql('SELECT 1 FROM problems.inbox')).toHaveLength(5));
  });

  afterAll(() => test.stop());

  const aProblem = (externalId: string, incidents: string[], with_: object = {}): object => ({
    externalId,
    title: externalId,
    raisedAt: RAISED,
    links: incidents.map((incidentId) => ({ incidentId, linkedAt: RAISED })),
    ...with_,
  });
  const take = async (given: object[], system = 'servicenow', actor = admin): Promise<Imported> => {
    const { data, errors } = await test.graphql(actor, IMPORT, { system, problems: given });
    expect(errors).toBeUndefined();
    return data?.['importProblems'];
  };

  it('takes one over with its incidents and its times; a repeat changes nothing, a longer source adds', async () => {
    const { results } = await take([aProblem('Problem 2', [first, first])]);
    expect(results).toMatchObject([
      {
        outcome: 'IMPORTED',
        problem: {
          ...{ title: 'Problem 2', state: 'NEW', origin: 'IMPORT', revision: 2, incidentCount: 1, raisedAt: RAISED },
          externalReference: { system: 'servicenow', externalId: 'Problem 2' },
        },
      },
    ]);
    expect((await take([aProblem('Problem 2', [first])])).results).toMatchObject([
      { outcome: 'KNOWN', problem: { id: results[0]?.problem?.id, revision: 2 } },
    ]);
    expect((await take([aProblem('Problem 2', [first, second])])).results).toMatchObject([
      { outcome: 'EXTENDED', problem: { id: results[0]?.problem?.id, revision: 3, incidentCount: 2 } },
    ]);
    const events = await test.sql<{ name: string; at: string; reason: string | null }>(
      `SELECT split_part(envelope->>'type', '.', 3) AS name, envelope->>'time' AS at, envelope->'data'->>'reason' AS reason
       FROM problems.outbox WHERE aggregate_id = $1 ORDER BY aggregate_version`,
      [results[0]?.problem?.id],
    );
    expect(events).toEqual([
      { name: 'problem-registered', at: RAISED, reason: null },
      { name: 'problem-incident-linked', at: RAISED, reason: 'IMPORT' },
      { name: 'problem-incident-linked', at: RAISED, reason: 'IMPORT' },
    ]);
  });

  it('an incident that is canceled or belongs elsewhere stays where it is, and the result says so', async () => {
    await take([aProblem('Problem 30', [third])]);
    const { results } = await take([aProblem('Problem 31', [third, gone])]);
    expect(results).toMatchObject([
      { outcome: 'IMPORTED', skippedIncidentIds: [third, gone], problem: { incidentCount: 0 } },
    ]);
  });

  it('an incident whose news is under way is refused for now, and the others go on', async () => {
    const [unheard] = incidentIds(1) as [string];
    const given = [aProblem('Problem 40', [unheard]), aProblem('Problem 41', [])];
    expect((await take(given)).results).toMatchObject([
      { outcome: 'REFUSED', code: 'UNKNOWN_REFERENCE', retryable: true, problem: null },
      { outcome: 'IMPORTED' },
    ]);
    const news = reported(unheard, { serviceId: null, signature: null });
    await publishEvents(test.nats.url, [news]);
    await eventually(async () => expect((await take(given)).results[0]?.outcome).toBe('IMPORTED'));
  });

  it('two imports at the same moment make it once', async () => {
    const given = Array.from({ length: 10 }, (_, n) => aProblem(`Racer ${n}`, []));
    const both = await Promise.all([take(given), take(given)]);
    const outcomes = both.flatMap(({ results }) => results.map(({ outcome }) => outcome)).sort();
    expect(outcomes).toEqual([...Array<string>(10).fill('IMPORTED'), ...Array<string>(10).fill('KNOWN')]);
  });

  it.each([
    ['without a title', { title: ' ' }],
    ['without a name', { externalId: '' }],
    ['from the future', { raisedAt: '2999-01-01T00:00:00.000Z' }],
  ])('a problem %s is refused alone', async (_case, fault) => {
    const { results } = await take([aProblem('Problem 50', [], fault)]);
    expect(results).toMatchObject([{ outcome: 'REFUSED', code: 'INVALID_INPUT', retryable: false }]);
  });

  it.each([
    ['more than 100', Array.from({ length: 101 }, (_, n) => aProblem(`P ${n}`, [])), admin, 'INVALID_INPUT'],
    ['anybody but an admin', [aProblem('P', [])], actorOf(['problem-manager']), 'NOT_ALLOWED'],
  ])('%s: nothing at all is imported', async (_case, given, actor, code) => {
    expect(await take(given, 'servicenow', actor)).toMatchObject({ results: [], errors: [{ code }] });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { eventually } from '@graphdesk/testing';
import { INCIDENT, someone, startChanges, type Answer, type ChangesService } from './changes-service.js';

const AT = '2016-02-29T10:06:00.000Z';
const admin = someone('admin');

const IMPORT = `mutation ($changes: [ImportedChangeInput!]!) {
  importChanges(system: "servicenow", changes: $changes) {
    results { externalId outcome code retryable
      change { id title kind state closeCode rollbackPlan registeredAt revision requester { id } services { id }
        externalReference { system externalId } requestedByIncidents { id } causedIncidents { id } timeline { kind at text } } }
    errors { code path }
  } }`;
const OF_INCIDENT = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident {
  requestedChanges { id } causedByChanges { id } suspectedChanges { id } } } }`;

describe('importing changes', () => {
  let test: ChangesService;
  let asking: string;
  let hurt: string;

  beforeAll(async () => {
    test = await startChanges();
    const imported = { origin: 'IMPORT', detectedAt: AT, declaredAt: AT, environment: null } as const;
    asking = await test.report(null, { ...INCIDENT, ...imported });
    hurt = await test.report(null, { ...INCIDENT, ...imported });
  });

  afterAll(() => test.stop());

  const link = (incidentId: string, relation: string): object => ({ incidentId, relation, linkedAt: AT });
  const aChange = (externalId: string, links: object[] = [], with_: object = {}): object => ({
    externalId,
    title: externalId,
    registeredAt: AT,
    links,
    ...with_,
  });
  const take = (changes: object[], actor = admin): Promise<Answer> => test.ask(actor, IMPORT, { changes });
  const seen = async (id: string, actor = admin): Promise<Answer> =>
    (await test.ask(actor, OF_INCIDENT, { refs: [{ __typename: 'Incident', id }] }))[0];

  it('takes one over as history, linked to the incidents that asked for it and that it caused; a repeat changes nothing', async () => {
    const links = [link(asking, 'REQUESTED_BY'), link(hurt, 'CAUSED')];
    const { results } = await take([aChange('CHG0000097', links)]);
    const [{ change }] = results;
    expect(results).toMatchObject([{ outcome: 'IMPORTED' }]);
    expect(change).toMatchObject({
      ...{ title: 'CHG0000097', kind: 'NORMAL', state: 'CLOSED', closeCode: null, rollbackPlan: null, revision: 4 },
      ...{ registeredAt: AT, requester: null, services: [] },
      externalReference: { system: 'servicenow', externalId: 'CHG0000097' },
      requestedByIncidents: [{ id: asking }],
      causedIncidents: [{ id: hurt }],
    });
    expect(change.timeline.map((entry: Answer) => entry.at)).toEqual([AT, AT, AT, AT]);
    expect(change.timeline[1].text).toBe('Now CLOSED: imported from servicenow, which does not tell its state');
    const of = { id: change.id };
    expect(await seen(asking)).toEqual({ requestedChanges: [of], causedByChanges: [], suspectedChanges: [] });
    expect(await seen(hurt)).toEqual({ requestedChanges: [], causedByChanges: [of], suspectedChanges: [] });

    expect((await take([aChange('CHG0000097', links)])).results).toMatchObject([
      { outcome: 'KNOWN', change: { ...of, revision: 4 } },
    ]);
    expect((await take([aChange('CHG0000097', [...links, link(hurt, 'REQUESTED_BY')])])).results).toMatchObject([
      { outcome: 'EXTENDED', change: { ...of, revision: 5, requestedByIncidents: [{ id: asking }, { id: hurt }] } },
    ]);
  });

  it('who sees no changes sees no links', async () => {
    const { data, errors } = await test.graphql(someone('requester'), OF_INCIDENT, {
      refs: [{ __typename: 'Incident', id: hurt }],
    });
    expect(data?.['_entities']).toEqual([{ requestedChanges: null, causedByChanges: null, suspectedChanges: [] }]);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it('an incident whose news is under way is refused for now, and the others go on', async () => {
    const given = [aChange('CHG1', [link(newId('incident'), 'CAUSED')]), aChange('CHG2')];
    expect((await take(given)).results).toMatchObject([
      { outcome: 'REFUSED', code: 'UNKNOWN_REFERENCE', retryable: true, change: null },
      { outcome: 'IMPORTED' },
    ]);
    await eventually(async () =>
      expect((await take([aChange('CHG1', [link(hurt, 'CAUSED')])])).results[0].outcome).toBe('IMPORTED'),
    );
  });

  it('two imports at the same moment make it once', async () => {
    const given = Array.from({ length: 10 }, (_, n) => aChange(`RACE${n}`));
    const both = await Promise.all([take(given), take(given)]);
    const outcomes = both.flatMap(({ results }: Answer) => results.map((result: Answer) => result.outcome)).sort();
    expect(outcomes).toEqual([...Array<string>(10).fill('IMPORTED'), ...Array<string>(10).fill('KNOWN')]);
  });

  it.each([
    ['without a title', { title: ' ' }],
    ['without a name', { externalId: '' }],
    ['from the future', { registeredAt: '2999-01-01T00:00:00.000Z' }],
  ])('a change %s is refused alone', async (_case, fault) => {
    const { results } = await take([aChange('CHG50', [], fault)]);
    expect(results).toMatchObject([{ outcome: 'REFUSED', code: 'INVALID_INPUT', retryable: false }]);
  });

  it.each([
    ['more than 100', Array.from({ length: 101 }, (_, n) => aChange(`C${n}`)), admin, 'INVALID_INPUT'],
    ['anybody but an admin', [aChange('C')], someone('change-authority'), 'NOT_ALLOWED'],
  ])('%s: nothing at all is imported', async (_case, given, actor, code) => {
    expect(await take(given, actor)).toMatchObject({ results: [], errors: [{ code }] });
  });
});

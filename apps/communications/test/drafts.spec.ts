import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type EventEnvelope } from '@graphdesk/contracts';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  eventually,
  publishEvents,
  startTestService,
  type Startable,
  type TestService,
} from '@graphdesk/testing';
import { communications } from '../src/communications.module.js';
import { IncidentTold, registeredService, rollbackAccepted } from './told-events.js';

const lead = actorOf(['communications-lead']);

const OF_INCIDENT = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident {
  updates { id revision occasion audience subject body state incident { id } editedBy { id } approvedBy { id } } } } }`;

interface UpdateSeen {
  readonly id: string;
  readonly occasion: string;
  readonly subject: string;
  readonly body: string;
}

describe('drafts', () => {
  let test: TestService<Startable>;

  beforeAll(async () => {
    test = await startTestService('communications', (environment) => startSubgraph(communications, environment));
  });

  afterAll(() => test.stop());

  /** Publishes events and waits until each was applied. */
  const told = async (...events: readonly EventEnvelope[]): Promise<void> => {
    await publishEvents(test.nats.url, events);
    const ids = events.map((event) => event.id);
    const applied = 'SELECT 1 FROM communications.inbox WHERE event_id = ANY ($1)';
    await eventually(async () => expect(await test.sql(applied, [ids])).toHaveLength(ids.length));
  };

  const updatesOf = async (incident: IncidentTold): Promise<UpdateSeen[]> => {
    const refs = [{ __typename: 'Incident', id: incident.id }];
    const { data, errors } = await test.graphql(lead, OF_INCIDENT, { refs });
    expect(errors).toBeUndefined();
    return data?.['_entities'][0].updates;
  };

  const occasionsOf = async (incident: IncidentTold): Promise<string[]> =>
    (await updatesOf(incident)).map(({ occasion }) => occasion);

  it('a P1 is announced in the words of the template, with the names people know', async () => {
    const serviceId = newId('service');
    const incident = new IncidentTold({ serviceId, number: 1042, title: 'Lag [here](https://evil.example)' });
    await told(registeredService(serviceId, 'Billing *core*'));
    await told(...incident.events);
    const [update, ...others] = await updatesOf(incident);
    expect(others).toEqual([]);
    expect(update).toMatchObject({
      revision: 1,
      occasion: 'INVESTIGATING',
      audience: 'INTERNAL_STAKEHOLDERS',
      state: 'DRAFT',
      subject: 'INC-1042: we are investigating a disruption of Billing *core*',
      incident: { id: incident.id },
      editedBy: null,
      approvedBy: null,
    });
    expect(update?.body).toContain('**INC-1042**: Lag \\[here\\](https\\://evil.example).');
    expect(update?.body).toContain('Affected: Billing \\*core\\*');
    expect(`${update?.subject}${update?.body}`).not.toMatch(/(inc|svc|upd)_/);
    const [event] = await test.sql('SELECT envelope FROM communications.outbox WHERE aggregate_id = $1', [update?.id]);
    expect(event?.['envelope']).toMatchObject({
      type: 'graphdesk.communications.update-drafted.v1',
      subjectversion: 1,
      causationid: incident.events[0]?.id,
      actorid: 'system:communications',
      data: { occasion: 'INVESTIGATING', templateVersion: 1, subject: update?.subject },
    });
  });

  it.each([['P3'], ['P4']] as const)(
    'a %s is not announced, and nobody hears that it is resolved',
    async (priority) => {
      const incident = new IncidentTold({ priority }).resolved();
      await told(...incident.events);
      expect(await occasionsOf(incident)).toEqual([]);
    },
  );

  it('what becomes a P2 is announced then', async () => {
    const incident = new IncidentTold({ priority: 'P3' }).reprioritized('P2');
    await told(...incident.events);
    expect(await occasionsOf(incident)).toEqual(['INVESTIGATING']);
  });

  it('an imported incident is history, however bad and whatever became of it: no draft', async () => {
    const incident = new IncidentTold({ origin: 'IMPORT', priority: 'P3' }).reprioritized('P1').resolved().reopened();
    await told(...incident.events);
    await told(rollbackAccepted(incident.id));
    await told(...incident.resolved().events.slice(-1));
    expect(await occasionsOf(incident)).toEqual([]);
    const said = `SELECT 1 FROM communications.outbox WHERE envelope->'data'->>'incidentId' = $1`;
    expect(await test.sql(said, [incident.id])).toEqual([]);
  });

  it('a rollback and the resolution each have their draft, once, also when reopened and resolved again', async () => {
    const incident = new IncidentTold();
    await told(...incident.events);
    await told(rollbackAccepted(incident.id));
    await told(...incident.resolved().reopened().resolved().events.slice(1));
    await told(rollbackAccepted(incident.id));
    expect(await occasionsOf(incident)).toEqual(['INVESTIGATING', 'ROLLING_BACK', 'RESOLVED']);
    expect((await updatesOf(incident))[2]?.body).toContain('Resolved: 2026-11-23 03:10 UTC');
  });

  it('a rollback heard of before its incident is told with it', async () => {
    const incident = new IncidentTold({ priority: 'P3' });
    await told(rollbackAccepted(incident.id));
    expect(await occasionsOf(incident)).toEqual([]);
    await told(...incident.events);
    expect(await occasionsOf(incident)).toEqual(['ROLLING_BACK']);
  });

  it('a rollback heard of after the resolution is no news', async () => {
    const incident = new IncidentTold({ priority: 'P3' }).resolved();
    await told(...incident.events);
    await told(rollbackAccepted(incident.id));
    expect(await occasionsOf(incident)).toEqual([]);
  });

  it('events that come twice draft once', async () => {
    const incident = new IncidentTold();
    const rollback = rollbackAccepted(incident.id);
    await told(...incident.events, rollback);
    const before = await updatesOf(incident);
    await publishEvents(test.nats.url, [...incident.events, rollback], { repeat: true });
    await told(...new IncidentTold().events);
    expect(before).toHaveLength(2);
    expect(await updatesOf(incident)).toEqual(before);
  });

  it('two roads to one occasion at once make one draft', async () => {
    const incident = new IncidentTold();
    await told(...incident.events);
    await told(...Array.from({ length: 8 }, () => rollbackAccepted(incident.id)));
    expect(await occasionsOf(incident)).toEqual(['INVESTIGATING', 'ROLLING_BACK']);
  });

  it('an incident of a service that the catalog has not told of yet is announced all the same', async () => {
    const incident = new IncidentTold({ serviceId: newId('service') });
    await told(...incident.events);
    expect((await updatesOf(incident))[0]?.subject).toContain('a disruption of a service');
  });
});

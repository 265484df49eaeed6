import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  eventually,
  publishEvents,
  startTestService,
  timeTravel,
  type Startable,
  type TestService,
} from '@graphdesk/testing';
import { sla } from '../src/sla.module.js';
import { minute } from './a-clock.js';
import { IncidentTold } from './incident-events.js';

const responder = actorOf(['responder']);

const CLOCKS = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Incident { id slaClocks {
  id revision measure state priority targetMinutes policyVersion imported startedAt endedAt
  elapsedSeconds remainingSeconds dueAt breached breachedAt incident { id }
  explain { from to counted cause eventId }
} } } }`;

/** A clock as clients see it; `toMatchObject` asserts what a test is about. */
interface ClockSeen {
  readonly id: string;
  readonly explain: readonly { readonly cause: string }[];
}

describe('SLA clocks', () => {
  let test: TestService<Startable>;
  let now = minute(0);

  beforeAll(async () => {
    const clock = { now: (): Date => now };
    test = await startTestService('sla', (environment) => startSubgraph(sla, environment, { clock }));
    // Clocks of these tests are read at moments of their own; nothing is ever due.
    await (await timeTravel(test.sql, 'sla')).forward(minute(-1).getTime() - Date.now());
  });

  afterAll(() => test.stop());

  const clocksOf = async (id: string): Promise<ClockSeen[]> => {
    const { data, errors } = await test.graphql(responder, CLOCKS, { refs: [{ __typename: 'Incident', id }] });
    expect(errors).toBeUndefined();
    return data?.['_entities'][0].slaClocks;
  };

  /** Publishes an incident's events and waits until the last one has had its effect. */
  const told = async (incident: IncidentTold, options = {}): Promise<void> => {
    await publishEvents(test.nats.url, incident.events, options);
    await eventually(async () => expect(await positionOf(incident.id)).toBe(incident.events.length));
  };

  const positionOf = async (incidentId: string): Promise<number | undefined> => {
    const sql = `SELECT version FROM sla.inbox_position WHERE aggregate_id = $1`;
    return (await test.sql<{ version: number }>(sql, [incidentId]))[0]?.version;
  };

  const published = (id: string): Promise<{ type: string; version: number }[]> =>
    test.sql(
      `SELECT split_part(envelope->>'type', '.', 3) AS type, aggregate_version AS version
       FROM sla.outbox WHERE aggregate_id = $1 ORDER BY aggregate_version`,
      [id],
    );

  it('start when an incident is reported, from its declaration, by the default targets', async () => {
    now = minute(5);
    const incident = new IncidentTold();
    await told(incident);
    const [own, resolve] = await clocksOf(incident.id);
    expect(own).toMatchObject({
      measure: 'TIME_TO_OWN',
      state: 'RUNNING',
      targetMinutes: 15,
      revision: 1,
      imported: false,
      startedAt: minute(0).toISOString(),
      elapsedSeconds: 300,
      remainingSeconds: 600,
      dueAt: minute(15).toISOString(),
      breached: false,
      incident: { id: incident.id },
    });
    expect(resolve).toMatchObject({ measure: 'TIME_TO_RESOLVE', targetMinutes: 240, dueAt: minute(240).toISOString() });
    now = minute(16);
    expect((await clocksOf(incident.id))[0]).toMatchObject({ breached: true, breachedAt: minute(15).toISOString() });
  });

  it('pause on hold, resume, stop, and explain every interval with the event behind it', async () => {
    now = minute(500);
    const incident = new IncidentTold().acknowledged(7).annotated(8).held(20).resumed(60).resolved(90).validated(120);
    await told(incident);
    const [own, resolve] = await clocksOf(incident.id);
    expect(own).toMatchObject({ state: 'STOPPED', elapsedSeconds: 420, endedAt: minute(7).toISOString() });
    expect(resolve).toMatchObject({ state: 'STOPPED', elapsedSeconds: 50 * 60, endedAt: minute(90).toISOString() });
    const at = (minutes: number): string => minute(minutes).toISOString();
    const eventIds = incident.events.map((event) => event.id);
    expect(resolve?.explain).toEqual([
      { from: at(0), to: at(20), counted: true, cause: 'RUNNING', eventId: eventIds[0] },
      { from: at(20), to: at(60), counted: false, cause: 'ON_HOLD', eventId: eventIds[3] },
      { from: at(60), to: at(90), counted: true, cause: 'RUNNING', eventId: eventIds[4] },
    ]);
    expect(await published(resolve!.id)).toEqual([
      { type: 'sla-clock-started', version: 1 },
      { type: 'sla-clock-paused', version: 2 },
      { type: 'sla-clock-resumed', version: 3 },
      { type: 'sla-clock-paused', version: 4 },
      { type: 'sla-clock-stopped', version: 5 },
    ]);
  });

  it('count the gap when a fix did not hold', async () => {
    now = minute(100);
    const incident = new IncidentTold().resolved(30).reopened(80);
    await told(incident);
    const [, resolve] = await clocksOf(incident.id);
    expect(resolve).toMatchObject({ state: 'RUNNING', elapsedSeconds: 6000, endedAt: null });
    expect(resolve?.explain.map((interval) => interval.cause)).toEqual(['RUNNING', 'FIX_DID_NOT_HOLD', 'RUNNING']);
  });

  it('follow the priority, keep elapsed time, and stop at the resolution of a P3', async () => {
    now = minute(1000);
    const incident = new IncidentTold({ priority: 'P1' }).reprioritized(10, 'P3').resolved(600).closed(700);
    await told(incident);
    const [own, resolve] = await clocksOf(incident.id);
    expect(own).toMatchObject({ priority: 'P3', targetMinutes: 240, state: 'STOPPED', breached: true });
    expect(resolve).toMatchObject({ priority: 'P3', targetMinutes: 2880, state: 'STOPPED', elapsedSeconds: 36_000 });
    expect((await published(resolve!.id)).map(({ type }) => type)).toEqual([
      'sla-clock-started',
      'sla-clock-retargeted',
      'sla-clock-stopped',
    ]);
  });

  it('are canceled with the incident, and marked when it was imported', async () => {
    now = minute(1000);
    const incident = new IncidentTold({ origin: 'IMPORT' }).canceled(10);
    await told(incident);
    for (const clock of await clocksOf(incident.id))
      expect(clock).toMatchObject({ state: 'CANCELED', imported: true, breached: false, elapsedSeconds: 600 });
  });

  it('tell of an imported P1 what its history says, though nobody validated its recovery, and warn of nothing', async () => {
    now = minute(100_000);
    // Another system's times may run backwards: it was resumed before it was held.
    const incident = new IncidentTold({ origin: 'IMPORT' }).begun(5).held(20).resumed(15).resolved(400).closed(900);
    await told(incident);
    const [own, resolve] = await clocksOf(incident.id);
    expect(own).toMatchObject({ state: 'STOPPED', elapsedSeconds: 300, breached: false, imported: true });
    expect(resolve).toMatchObject({
      state: 'STOPPED',
      imported: true,
      priority: 'P1',
      elapsedSeconds: 400 * 60,
      endedAt: minute(400).toISOString(),
      breached: true,
      breachedAt: minute(240).toISOString(),
    });
    expect((await published(resolve!.id)).map(({ type }) => type)).toEqual([
      'sla-clock-started',
      'sla-clock-paused',
      'sla-clock-resumed',
      'sla-clock-paused',
      'sla-clock-stopped',
    ]);
  });

  it('of an import that is still open run for the record, and nothing is ever due', async () => {
    now = minute(100_000);
    const incident = new IncidentTold({ origin: 'IMPORT' }).begun(5);
    const own = new IncidentTold();
    await told(incident);
    await told(own);
    const [, resolve] = await clocksOf(incident.id);
    expect(resolve).toMatchObject({ state: 'RUNNING', breached: true, imported: true });
    const armed = 'SELECT 1 FROM sla.timer WHERE subject = ANY ($1)';
    const idsOf = async ({ id }: IncidentTold): Promise<string[]> => (await clocksOf(id)).map((clock) => clock.id);
    expect(await test.sql(armed, [await idsOf(incident)])).toEqual([]);
    expect((await test.sql(armed, [await idsOf(own)])).length).toBeGreaterThan(0);
  });

  it('are moved once, however often and in whatever order the broker delivers', async () => {
    now = minute(100);
    const incident = new IncidentTold().held(10).resumed(40).resolved(60).reopened(70);
    const [first, second, ...rest] = incident.events;
    await publishEvents(test.nats.url, [...rest.reverse(), second!, first!]);
    await publishEvents(test.nats.url, incident.events, { repeat: true });
    await eventually(async () => expect(await positionOf(incident.id)).toBe(5));
    const before = await clocksOf(incident.id);
    expect(before[1]).toMatchObject({ state: 'RUNNING', elapsedSeconds: 70 * 60, revision: 5 });
    await publishEvents(test.nats.url, incident.events, { repeat: true });
    const after = new IncidentTold();
    await told(after);
    expect(await clocksOf(incident.id)).toEqual(before);
  });

  it('of an unknown incident are none', async () => {
    expect(await clocksOf('inc_01kb0000000000000000000009')).toEqual([]);
  });
});

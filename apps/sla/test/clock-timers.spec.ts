import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  eventually,
  publishEvents,
  startTestService,
  timeTravel,
  type Startable,
  type TestService,
  type TimeTravel,
} from '@graphdesk/testing';
import { sla } from '../src/sla.module.js';
import { minute } from './a-clock.js';
import { IncidentTold } from './incident-events.js';

describe('clocks that reach their targets', () => {
  let test: TestService<Startable>;
  let time: TimeTravel;
  let at = minute(0);

  /** The database's time, in minutes of the tests; nothing but it makes a timer fire. */
  const travelTo = async (minutes: number): Promise<void> => {
    await time.forward(minute(minutes).getTime() - at.getTime());
    at = minute(minutes);
  };

  beforeAll(async () => {
    test = await startTestService('sla', (environment) =>
      startSubgraph(sla, environment, { clock: { now: () => at } }),
    );
    time = await timeTravel(test.sql, 'sla');
    await time.forward(minute(0).getTime() - Date.now());
  });
  afterAll(() => test.stop());
  beforeEach(() => travelTo(0));

  const told = async (incident: IncidentTold): Promise<void> => {
    await publishEvents(test.nats.url, incident.events);
    await eventually(async () => {
      const sql = 'SELECT version FROM sla.inbox_position WHERE aggregate_id = $1';
      const [position] = await test.sql<{ version: number }>(sql, [incident.id]);
      expect(position?.version).toBe(incident.events.length);
    });
  };

  /** What the clock that runs until the incident is owned has published. */
  const toOwn = async (
    incident: IncidentTold,
  ): Promise<{ type: string; data: Record<string, unknown>; actor: string }[]> =>
    test.sql(
      `SELECT split_part(o.envelope->>'type', '.', 3) AS type, o.envelope->'data' AS data, o.envelope->>'actorid' AS actor
       FROM sla.outbox o JOIN sla.sla_clock c ON c.id = o.aggregate_id
       WHERE c.incident_id = $1 AND c.measure = 'TIME_TO_OWN' ORDER BY o.aggregate_version`,
      [incident.id],
    );
  const armed = (): Promise<{ kind: string }[]> => test.sql('SELECT kind FROM sla.timer ORDER BY due');

  it('warn, and record the breach with its true moment, each once', async () => {
    const incident = new IncidentTold();
    await told(incident);
    await travelTo(12);
    await eventually(async () => expect(await toOwn(incident)).toHaveLength(2));
    expect((await toOwn(incident))[1]).toEqual({
      type: 'sla-clock-at-risk',
      actor: 'system:sla',
      data: {
        incidentId: incident.id,
        measure: 'TIME_TO_OWN',
        percent: 75,
        targetMinutes: 15,
        atRiskAt: minute(11.25).toISOString(),
        dueAt: minute(15).toISOString(),
      },
    });
    await travelTo(600);
    await eventually(async () => expect(await armed()).toEqual([]));
    const events = await toOwn(incident);
    expect(events.map(({ type }) => type)).toEqual(['sla-clock-started', 'sla-clock-at-risk', 'sla-clock-breached']);
    expect(events[2]?.data).toMatchObject({ breachedAt: minute(15).toISOString(), targetMinutes: 15 });
  });

  it('are quiet when the incident is owned in time, on hold, or imported', async () => {
    const owned = new IncidentTold().acknowledged(5).resolved(6).validated(7);
    const held = new IncidentTold().held(5);
    const imported = new IncidentTold({ origin: 'IMPORT' });
    for (const incident of [owned, held, imported]) await told(incident);
    expect(await armed()).toEqual([]);
  });

  it('a service that was down records everything it missed, in order', async () => {
    const incident = new IncidentTold();
    await told(incident);
    await test.service.stop();
    await travelTo(600);
    await test.restart();
    await eventually(async () =>
      expect((await toOwn(incident)).map(({ type }) => type)).toEqual([
        'sla-clock-started',
        'sla-clock-at-risk',
        'sla-clock-breached',
      ]),
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type EventEnvelope } from '@graphdesk/contracts';
import { rebuildProjections, startSubgraph } from '@graphdesk/subgraph';
import {
  eventually,
  publishEvents,
  serveHistory,
  startTestService,
  type Startable,
  type TestService,
} from '@graphdesk/testing';
import { communications } from '../src/communications.module.js';
import { IncidentTold, registeredService, rollbackAccepted } from './told-events.js';

describe('a rebuild of communications', () => {
  let test: TestService<Startable>;
  const history: EventEnvelope[] = [];

  beforeAll(async () => {
    test = await startTestService('communications', (environment) => startSubgraph(communications, environment));
  });
  afterAll(() => test.stop());

  const told = async (...events: readonly EventEnvelope[]): Promise<void> => {
    history.push(...events);
    await publishEvents(test.nats.url, events);
    const applied = 'SELECT 1 FROM communications.inbox WHERE event_id = ANY ($1)';
    const ids = events.map((event) => event.id);
    await eventually(async () => expect(await test.sql(applied, [ids])).toHaveLength(ids.length));
  };
  const projections = (): Promise<unknown[]> =>
    Promise.all(['incident', 'service'].map((table) => test.sql(`SELECT * FROM communications.${table} ORDER BY id`)));
  const effects = (): Promise<unknown[]> =>
    Promise.all([
      test.sql('SELECT * FROM communications.stakeholder_update ORDER BY id'),
      test.sql('SELECT event_id FROM communications.timeline_entry ORDER BY event_id'),
    ]);

  it('brings back what it knows, also of incidents that two services tell of, and drafts nothing again', async () => {
    const serviceId = newId('service');
    const incidents = [
      new IncidentTold({ serviceId }).reprioritized('P2'),
      new IncidentTold({ serviceId }).resolved(),
      new IncidentTold({ origin: 'IMPORT' }).resolved().reopened(),
    ];
    await told(registeredService(serviceId, 'Billing'));
    await told(...incidents.flatMap(({ events }) => events));
    await told(rollbackAccepted(incidents[0]?.id ?? ''), rollbackAccepted(newId('incident')));
    const [before, effectsBefore] = [await projections(), await effects()];
    expect(effectsBefore[0]).not.toEqual([]);

    await test.sql('TRUNCATE communications.incident, communications.service');
    const servers = await Promise.all(
      ['catalog', 'incidents', 'changes'].map((service) =>
        serveHistory(
          test.nats.url,
          service,
          history.filter(({ source }) => source === `/graphdesk/${service}`),
        ),
      ),
    );
    const result = await rebuildProjections(communications, test.environment, () => undefined);
    await Promise.all(servers.map((server) => server.stop()));

    expect(result.events).toBe(history.length);
    expect(result.tables).toEqual([
      { table: 'incident', added: 4, corrected: 0, removed: 0 },
      { table: 'service', added: 1, corrected: 0, removed: 0 },
    ]);
    expect(await projections()).toEqual(before);
    expect(await effects()).toEqual(effectsBefore);
  });
});

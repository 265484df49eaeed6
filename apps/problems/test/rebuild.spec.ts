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
import { problems } from '../src/problems.module.js';
import { canceled, incidentIds, registeredService, reported } from './incident-events.js';

describe('a rebuild of problems', () => {
  let test: TestService<Startable>;

  beforeAll(async () => {
    test = await startTestService('problems', (environment) => startSubgraph(problems, environment));
  });
  afterAll(() => test.stop());

  const all = (...tables: readonly string[]): Promise<unknown[]> =>
    Promise.all(tables.map((table) => test.sql(`SELECT * FROM problems.${table} ORDER BY 1`)));

  it('corrects what it knows of incidents; problems and their links stay as they are', async () => {
    const serviceId = newId('service');
    const [first, second, third, other] = incidentIds(4) as [string, string, string, string];
    const history: readonly EventEnvelope[] = [
      registeredService(serviceId, 'Billing'),
      ...[first, second, third].map((id) => reported(id, { serviceId })),
      reported(other, { serviceId, signature: null }),
      canceled(third),
    ];
    await publishEvents(test.nats.url, history);
    await eventually(async () => expect(await test.sql('SELECT FROM problems.inbox')).toHaveLength(history.length));
    const before = await all('incident', 'service');
    const effects = await all('problem', 'problem_incident', 'timeline_entry');
    expect(effects[0]).toHaveLength(1);

    await test.sql(`UPDATE problems.incident SET signature = 'wrong', canceled = NOT canceled WHERE id = $1`, [second]);
    await test.sql('DELETE FROM problems.incident WHERE id = $1', [other]);
    const servers = await Promise.all(
      ['catalog', 'incidents'].map((service) =>
        serveHistory(
          test.nats.url,
          service,
          history.filter(({ source }) => source === `/graphdesk/${service}`),
        ),
      ),
    );
    const { tables } = await rebuildProjections(problems, test.environment, () => undefined);
    await Promise.all(servers.map((server) => server.stop()));

    expect(tables).toEqual([
      { table: 'incident', added: 1, corrected: 1, removed: 0 },
      { table: 'service', added: 0, corrected: 0, removed: 0 },
    ]);
    expect(await all('incident', 'service')).toEqual(before);
    expect(await all('problem', 'problem_incident', 'timeline_entry')).toEqual(effects);
  });
});

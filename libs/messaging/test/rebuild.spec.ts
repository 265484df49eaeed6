import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incidentAcknowledgedV1, newId } from '@graphdesk/contracts';
import { ShadowTables } from '@graphdesk/database';
import { eventually } from '@graphdesk/testing';
import pg from 'pg';
import { openHistory, reaction, Rebuild, type RebuildProgress, type RebuildResult } from '../src/index.js';
import { HOLD_EVENTS } from '../src/rebuild-gate.js';
import { KNOWN_INCIDENT, KnownIncidentRecord, projecting } from './known-incident.js';
import { ignoredEvent, incidentEvent, startProbe, type Probe } from './probe.js';

describe('a rebuild', () => {
  const ids = Array.from({ length: 60 }, () => newId('incident')).sort();
  let test: Probe;

  beforeAll(async () => {
    const table = { sql: KNOWN_INCIDENT, record: KnownIncidentRecord };
    test = await startProbe((applied) => [...projecting, reaction(incidentAcknowledgedV1, applied)], { table });
    for (const version of [1, 2, 3]) {
      const event = version === 2 ? ignoredEvent : incidentEvent;
      await test.incidents.append(ids.map((id) => event(id, version)));
    }
    await eventually(async () => expect(await effects()).toHaveLength(120), { timeoutMs: 60_000 });
    await settled();
  });
  afterAll(() => test.stop());

  const known = (): Promise<unknown[]> => test.sql('SELECT * FROM probe.known_incident ORDER BY id');
  const effects = (): Promise<unknown[]> => test.sql('SELECT * FROM probe.applied ORDER BY place');
  /** Everything that was recorded has taken effect. */
  const settled = (): Promise<void> =>
    eventually(
      async () =>
        expect(await test.sql('SELECT aggregate_id AS id, version FROM probe.inbox_position ORDER BY 1')).toEqual(
          await test.sql(
            'SELECT aggregate_id AS id, max(version) AS version FROM incidents.timeline_entry GROUP BY 1 ORDER BY 1',
          ),
        ),
      { timeoutMs: 60_000 },
    );
  const rebuild = async (report?: (progress: RebuildProgress) => void): Promise<RebuildResult> => {
    const producers = await openHistory({ url: test.nats.url, name: 'rebuild' });
    const url = test.probe.roles.ownerUrl;
    const shadows = await ShadowTables.open({ url, schema: 'probe', records: [KnownIncidentRecord] });
    try {
      return await new Rebuild('probe', shadows, producers.history, projecting, report).run();
    } finally {
      await shadows.close();
      await producers.close();
    }
  };

  it('puts right what is wrong, leaves alone what is right, and has no other effect', async () => {
    const [before, effectsBefore] = [await known(), await effects()];
    await test.sql('DELETE FROM probe.known_incident WHERE id = ANY ($1)', [ids.slice(0, 20)]);
    await test.sql('UPDATE probe.known_incident SET events = 99 WHERE id = $1', [ids[30]]);
    await test.sql(`INSERT INTO probe.known_incident VALUES ('inc_invented', 'ten_x', 1, 1)`);
    const xmin = `SELECT xmin::text, id FROM probe.known_incident WHERE id = ANY ($1) ORDER BY id`;
    const right = [ids.slice(31)];
    const untouched = await test.sql(xmin, right);

    const progress: RebuildProgress[] = [];
    const result = await rebuild((step) => progress.push(step));

    expect(result).toEqual({
      events: 180,
      tables: [{ table: 'known_incident', added: 20, corrected: 1, removed: 1 }],
    });
    expect(progress.at(-1)).toEqual({ replayed: 180, expected: 180 });
    expect(await known()).toEqual(before);
    expect(await test.sql(xmin, right)).toEqual(untouched);
    expect(await effects()).toEqual(effectsBefore);
    expect((await rebuild()).tables).toEqual([{ table: 'known_incident', added: 0, corrected: 0, removed: 0 }]);
  });

  it('under load: what arrives meanwhile takes effect once, and the projection is the fold of all events', async () => {
    let running = true;
    const load = async (): Promise<void> => {
      const reached = 'SELECT version FROM probe.inbox_position WHERE aggregate_id = $1';
      for (let version = 4; running; version += 1) {
        await test.incidents.append(ids.slice(0, 5).map((id) => incidentEvent(id, version)));
        // As fast as the reader, not faster.
        await eventually(async () => expect(await test.sql(reached, [ids[0]])).toEqual([{ version }]), {
          timeoutMs: 60_000,
        });
      }
    };
    const loading = load();
    await test.sql('TRUNCATE probe.known_incident');
    const results = [await rebuild(), await rebuild()];
    running = false;
    await loading;
    await settled();

    expect(results[0]?.tables[0]?.added).toBeGreaterThanOrEqual(55);
    expect(await known()).toEqual(
      await test.sql(`SELECT aggregate_id AS id, tenant_id, count(*)::int AS events, max(version) AS last_version
                      FROM incidents.timeline_entry GROUP BY 1, 2 ORDER BY 1`),
    );
    expect(await test.sql('SELECT aggregate_id, version FROM probe.applied GROUP BY 1, 2 HAVING count(*) > 1')).toEqual(
      [],
    );
    expect(await test.parked()).toEqual([]);
  }, 60_000);

  it('events wait while it corrects the tables, and then take effect in order', async () => {
    const id = newId('incident');
    const corrector = new pg.Client({ connectionString: test.probe.roles.ownerUrl });
    await corrector.connect();
    try {
      await corrector.query('BEGIN');
      await corrector.query(HOLD_EVENTS, ['probe']);
      await test.incidents.append([incidentEvent(id, 1), incidentEvent(id, 2)]);
      await eventually(async () => expect(await test.parked()).toEqual(['PARK_REBUILD', 'PARK_REBUILD']));
      expect(await test.applied(id)).toEqual([]);
    } finally {
      await corrector.end();
    }
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2]));
    expect(await test.parked()).toEqual([]);
  });

  it('waits for a producer that is away for a moment', async () => {
    const before = await known();
    await test.incidents.pause();
    const rebuilding = rebuild();
    await test.incidents.resume();
    expect((await rebuilding).tables).toEqual([{ table: 'known_incident', added: 0, corrected: 0, removed: 0 }]);
    expect(await known()).toEqual(before);
  });

  it('changes nothing when the producer lacks an event that took effect', async () => {
    await test.sql('TRUNCATE probe.known_incident');
    const forget = 'DELETE FROM incidents.timeline_entry WHERE aggregate_id = $1 AND version = 2';
    await test.sql(forget, [ids[0]]);
    await expect(rebuild()).rejects.toThrow(`incidents does not have version 2 of ${ids[0]}, which took effect here`);
    expect(await known()).toEqual([]);
  });
});

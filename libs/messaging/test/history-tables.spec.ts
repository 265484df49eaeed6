import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { enginePool, migrate, tenantFunction, timelineTable } from '@graphdesk/database';
import { createDatabase, provisionService, type TestDatabase } from '@graphdesk/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { HistoryStore } from '../src/history-store.js';
import { historyTables, messagingTables } from '../src/index.js';
import { incidentEvent } from './probe.js';

class Before1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('incidents'));
    await runner.query(messagingTables('incidents'));
    await runner.query(timelineTable('incidents'));
  }
  async down(): Promise<void> {}
}

class After1795000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(historyTables('incidents'));
  }
  async down(): Promise<void> {}
}

describe('the migration that keeps the history', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase('history');
  });
  afterAll(() => database.drop());

  it('completes entries of before from the outbox', async () => {
    const roles = await provisionService(database.url, 'incidents');
    const owner = { url: roles.ownerUrl, schema: 'incidents' };
    await migrate({ ...owner, migrations: [Before1795000000001] });
    const id = newId('incident');
    const events = [incidentEvent(id, 1), incidentEvent(id, 2, { causationid: newId('event') })];
    for (const event of events) {
      await database.sql(
        `WITH entry AS (
           INSERT INTO incidents.timeline_entry (event_id, tenant_id, aggregate_id, version, kind, at, actor_id, detail)
           VALUES ($1, $2, $3, $4, 'INCIDENT_ACKNOWLEDGED', $5, $6, $7::jsonb->'data'))
         INSERT INTO incidents.outbox (event_id, tenant_id, aggregate_id, aggregate_version, envelope) VALUES ($1, $2, $3, $4, $7)`,
        [event.id, event.tenantid, id, event.subjectversion, event.time, event.actorid, JSON.stringify(event)],
      );
    }
    await migrate({ ...owner, migrations: [Before1795000000001, After1795000000002] });

    const engine = enginePool({ url: roles.engineUrl, schema: 'incidents' });
    const store = new HistoryStore(engine);
    expect(await store.events([{ aggregateId: id, from: 1, to: 2 }])).toEqual(events);
    expect(await store.heads('incident', '')).toEqual([{ aggregateId: id, version: 2 }]);
    await engine.end();
  });
});

import {
  appDataSource,
  enginePool,
  isolateByTenant,
  migrate,
  tenantFunction,
  TenantDatabase,
} from '@graphdesk/database';
import { asksFor, type DueWork } from '@graphdesk/decisions';
import { createDatabase, provisionService, timeTravel } from '@graphdesk/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { armTimers, timerTable, type ClaimedTimer, type TimerHandler } from '../src/index.js';

export const TENANTS = ['ten_01kb0000000000000000000001', 'ten_01kb0000000000000000000002'] as const;

class CreateLights1795000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tenantFunction('lights'));
    await runner.query(timerTable('lights'));
    await runner.query(`
      CREATE TABLE lights.light (id text PRIMARY KEY, tenant_id text NOT NULL, off_at timestamptz);
      CREATE TABLE lights.effect (
        place bigint GENERATED ALWAYS AS IDENTITY, tenant_id text NOT NULL, light text NOT NULL, due timestamptz NOT NULL,
        at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
      )`);
    await runner.query(isolateByTenant('lights', 'light', { app: 'SELECT, INSERT, UPDATE' }));
    await runner.query(isolateByTenant('lights', 'effect', { app: 'SELECT, INSERT' }));
  }

  async down(): Promise<void> {
    throw new Error('only forward');
  }
}

/** The smallest service with due work: lights that go off at their time. Nothing keeps a light from going off twice but the timers. */
export async function startLights() {
  const database = await createDatabase('lights');
  const roles = await provisionService(database.url, 'lights');
  await migrate({ url: roles.ownerUrl, schema: 'lights', migrations: [CreateLights1795000000001] });
  const time = await timeTravel(database.sql, 'lights');
  const dataSource = await appDataSource({
    url: roles.appUrl,
    schema: 'lights',
    records: [],
    poolSize: 6,
  }).initialize();
  const engine = enginePool({ url: roles.engineUrl, schema: 'lights' });
  const tenants = new TenantDatabase(dataSource);

  const setOff = (tenantId: string, light: string, offAt: Date | null): Promise<void> =>
    tenants.transaction(tenantId, async (tx) => {
      await tx.query('INSERT INTO light (id, tenant_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [light, tenantId]);
      await tx.query('SELECT FROM light WHERE id = $1 FOR UPDATE', [light]);
      await tx.query('UPDATE light SET off_at = $2 WHERE id = $1', [light, offAt]);
      await armTimers(tx, tenantId, light, workOf(offAt));
    });
  return {
    database: tenants,
    engine,
    time,
    sql: database.sql,
    setOff,
    /** The database's time. */
    now: async (): Promise<Date> => {
      const [row] = await database.sql<{ now: Date }>('SELECT lights.now() AS now');
      if (!row) throw new Error('no time');
      return row.now;
    },
    effects: (): Promise<{ light: string; due: Date }[]> =>
      database.sql<{ light: string; due: Date }>('SELECT light, due FROM lights.effect ORDER BY place'),
    timers: (): Promise<{ subject: string; tries: number; error: string | null; waits: boolean }[]> =>
      database.sql('SELECT subject, tries, error, wake_at > lights.now() AS waits FROM lights.timer ORDER BY subject'),
    async stop(): Promise<void> {
      await dataSource.destroy();
      await engine.end();
      await database.drop();
    },
  };
}

export type Lights = Awaited<ReturnType<typeof startLights>>;

const workOf = (offAt: Date | null): readonly DueWork[] => (offAt ? [{ kind: 'OFF', due: offAt }] : []);

/** Turns the light off, if that is still asked for. */
export const turnOff: TimerHandler = {
  kind: 'OFF',
  fire: async (timer: ClaimedTimer, tx) => {
    const [light] = await tx.query<{ off_at: Date | null }[]>('SELECT off_at FROM light WHERE id = $1 FOR UPDATE', [
      timer.subject,
    ]);
    if (!light || !asksFor(workOf(light.off_at), timer)) return;
    await tx.query('INSERT INTO effect (tenant_id, light, due) VALUES ($1, $2, $3)', [
      timer.tenantId,
      timer.subject,
      timer.due,
    ]);
    await tx.query('UPDATE light SET off_at = NULL WHERE id = $1', [timer.subject]);
    await armTimers(tx, timer.tenantId, timer.subject, []);
  },
};

/** Turns the light off without a second thought: only the claim keeps it from doing so twice, or after a cancel. */
export const turnOffBlindly: TimerHandler = {
  kind: 'OFF',
  fire: async (timer: ClaimedTimer, tx) => {
    await tx.query('INSERT INTO effect (tenant_id, light, due) VALUES ($1, $2, $3)', [
      timer.tenantId,
      timer.subject,
      timer.due,
    ]);
  },
};

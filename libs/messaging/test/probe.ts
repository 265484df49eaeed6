import { incidentAcknowledgedV1, incidentAnnotatedV1, type EventEnvelope } from '@graphdesk/contracts';
import {
  appDataSource,
  enginePool,
  isolateByTenant,
  migrate,
  tenantFunction,
  TenantDatabase,
  timelineTable,
  type RecordClass,
} from '@graphdesk/database';
import { createDatabase, eventOf, provisionService, startNats } from '@graphdesk/testing';
import { pino } from 'pino';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  connectBroker,
  deadLetterTables,
  DeadLetters,
  historyTables,
  Messaging,
  messagingTables,
  Outbox,
  reaction,
  type DeliveryLimits,
  type Reaction,
} from '../src/index.js';

export const TENANT = 'ten_01kb0000000000000000000001';
export const PERSON = 'per_01kb0000000000000000000001';

/** What a spec may change about the reader. `start: false`: the spec starts it, or a process of its own. */
export interface ProbeOptions {
  readonly limits?: DeliveryLimits;
  readonly knows?: (type: string) => boolean;
  readonly start?: boolean;
  /** From one comparison with the producers to the next, in milliseconds. */
  readonly compareMs?: number;
  /** Where the broker keeps its streams; default: a temporary folder. */
  readonly storeDir?: string;
  /** A table of the reader's schema that its reactions fill. */
  readonly table?: { readonly sql: string; readonly record: RecordClass };
}

/** A reader of incidents that writes down each event it applies, and a producer of incidents, on a real database and broker. */
export async function startProbe(
  reactions?: (applied: AppliedWriter) => readonly Reaction[],
  { storeDir, ...options }: ProbeOptions = {},
) {
  const [database, nats] = await Promise.all([
    createDatabase('messaging'),
    startNats({ ...(storeDir && { storeDir }) }),
  ]);
  const probe = await startSide('probe', database.url, nats.url, reactions ?? everything, options);
  const incidents = await startSide('incidents', database.url, nats.url, () => []);
  const { sql } = database;
  return {
    nats,
    probe,
    incidents,
    sql,
    /** Versions applied, in the order of their effects. */
    applied: async (incidentId: string): Promise<number[]> =>
      (
        await sql<{ version: number }>('SELECT version FROM probe.applied WHERE aggregate_id = $1 ORDER BY place', [
          incidentId,
        ])
      ).map((row) => row.version),
    parked: async (): Promise<string[]> =>
      (await sql<{ reason: string }>('SELECT reason FROM probe.inbox_pending ORDER BY aggregate_version')).map(
        (row) => row.reason,
      ),
    async stop(): Promise<void> {
      await probe.stop();
      await incidents.stop();
      await nats.stop();
      await database.drop();
    },
  };
}

export type Probe = Awaited<ReturnType<typeof startProbe>>;
export type AppliedWriter = (
  event: { id: string; subject: string; subjectversion: number; tenantid: string },
  tx: Tx,
) => Promise<void>;
type Tx = Parameters<Parameters<typeof reaction>[1]>[1];

const writeDown: AppliedWriter = async (event, tx) => {
  await tx.query('INSERT INTO applied (event_id, tenant_id, aggregate_id, version) VALUES ($1, $2, $3, $4)', [
    event.id,
    event.tenantid,
    event.subject,
    event.subjectversion,
  ]);
};

const everything = (applied: AppliedWriter): readonly Reaction[] => [reaction(incidentAcknowledgedV1, applied)];

/** The nth event of an incident; every second one is of a type that the probe does not react to. */
export function incidentEvent(
  incidentId: string,
  version: number,
  overrides: Partial<EventEnvelope> = {},
): EventEnvelope {
  const data = { acknowledgedBy: PERSON, acknowledgedAt: '2026-11-23T02:00:04.000Z', ownerId: PERSON };
  return eventOf(incidentAcknowledgedV1, incidentId, version, data, overrides);
}

export function ignoredEvent(incidentId: string, version: number): EventEnvelope {
  return eventOf(incidentAnnotatedV1, incidentId, version, {
    kind: 'CHANGE_SUSPECTED',
    referenceId: 'sus_1',
    text: 'x',
  });
}

async function startSide(
  schema: string,
  databaseUrl: string,
  natsUrl: string,
  reactions: (applied: AppliedWriter) => readonly Reaction[],
  { table, ...options }: ProbeOptions = {},
) {
  const roles = await provisionService(databaseUrl, schema);
  class CreateProbe1795000000001 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(tenantFunction(schema));
      await runner.query(messagingTables(schema));
      await runner.query(timelineTable(schema));
      await runner.query(historyTables(schema));
      await runner.query(deadLetterTables(schema));
      await runner.query(`CREATE TABLE ${schema}.applied (place bigint GENERATED ALWAYS AS IDENTITY, event_id text NOT NULL,
        tenant_id text NOT NULL, aggregate_id text NOT NULL, version int NOT NULL)`);
      await runner.query(isolateByTenant(schema, 'applied', { app: 'SELECT, INSERT' }));
      if (table) await runner.query(table.sql);
    }
    async down(): Promise<void> {}
  }
  await migrate({ url: roles.ownerUrl, schema, migrations: [CreateProbe1795000000001] });
  const dataSource = await appDataSource({
    url: roles.appUrl,
    schema,
    records: table ? [table.record] : [],
    poolSize: 4,
  }).initialize();
  const tenantDatabase = new TenantDatabase(dataSource);
  const outbox = new Outbox(tenantDatabase);
  const engine = enginePool({ url: roles.engineUrl, schema });
  const logger = pino({ level: 'silent' });
  const deadLetters = new DeadLetters(tenantDatabase, engine, logger);

  const begin = async () => {
    const broker = await connectBroker({ url: natsUrl, name: schema });
    const messaging = new Messaging({
      service: schema,
      database: tenantDatabase,
      outbox,
      engine,
      broker,
      reactions: reactions(writeDown),
      logger,
      deadLetters,
      ...options,
    });
    messaging.start();
    return { broker, messaging };
  };
  let running = options.start === false ? undefined : await begin();
  const end = async (): Promise<void> => {
    await running?.messaging.stop();
    await running?.broker.connection.close();
    running = undefined;
  };
  return {
    roles,
    dataSource,
    deadLetters,
    database: tenantDatabase,
    outbox,
    engine,
    append: (events: readonly EventEnvelope[], tenantId = TENANT) =>
      tenantDatabase.transaction(tenantId, (tx) => outbox.append(tx, events)),
    async restart(): Promise<void> {
      await end();
      running = await begin();
    },
    pause: end,
    async resume(): Promise<void> {
      running = await begin();
    },
    async stop(): Promise<void> {
      await end();
      await engine.end();
      await dataSource.destroy();
    },
  };
}

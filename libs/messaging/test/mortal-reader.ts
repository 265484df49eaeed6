// A reader of incidents as a process of its own: events named in LETHAL end it, in a new way in each of its lives.
import { incidentAcknowledgedV1 } from '@graphdesk/contracts';
import { appDataSource, enginePool, TenantDatabase } from '@graphdesk/database';
import { pino } from 'pino';
import { connectBroker, Messaging, Outbox, reaction } from '../src/index.js';

const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const schema = 'probe';
const lethal = setting('LETHAL').split(',');
const database = new TenantDatabase(
  await appDataSource({ url: setting('DATABASE_URL'), schema, records: [], poolSize: 4 }).initialize(),
);

/** Killed, ended by itself, or so busy that it answers no probe: whoever started it then kills it. */
function end(life: number): void {
  if (life === 2) process.exit(1);
  if (life === 3) {
    process.stdout.write('busy\n');
    for (;;);
  }
  process.kill(process.pid, 'SIGKILL');
}

new Messaging({
  service: schema,
  database,
  outbox: new Outbox(database),
  engine: enginePool({ url: setting('ENGINE_DATABASE_URL'), schema }),
  broker: await connectBroker({ url: setting('NATS_URL'), name: schema }),
  logger: pino({ level: 'silent' }),
  limits: { ackWaitMs: 1_000 },
  reactions: [
    reaction(incidentAcknowledgedV1, async (event, tx) => {
      const values = [event.id, event.tenantid, event.subject, event.subjectversion];
      await tx.query(
        'INSERT INTO applied (event_id, tenant_id, aggregate_id, version) VALUES ($1, $2, $3, $4)',
        values,
      );
      if (lethal.includes(event.id)) end(Number(setting('LIFE')));
    }),
  ],
}).start();

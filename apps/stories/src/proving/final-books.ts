import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import type { Stack } from '@graphdesk/testing';
import { listeners, SERVICES } from '../conservation.js';
import { readCopies } from './copies.js';
import type { Books, PastEvent } from './history.js';

/** Runs reads on the database of all services. */
export async function withDatabase<Result>(
  stack: Stack,
  read: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    return await read(client);
  } finally {
    await client.end();
  }
}

/** Every service's outbox, in its order. */
export async function readOutbox(client: pg.Client): Promise<readonly PastEvent[]> {
  const { rows } = await client.query<PastEvent>(
    fromAll(
      (service) => `
      SELECT event_id AS id, '${service}' AS service, envelope->>'aggregatetype' AS "aggregateType",
             split_part(envelope->>'type', '.', 3) AS name, aggregate_id AS "aggregateId", aggregate_version AS version,
             envelope->>'correlationid' AS "correlationId", envelope->>'causationid' AS "causationId",
             envelope->>'actorid' AS "actorId",
             envelope->'data' AS data FROM ${service}.outbox`,
    ),
  );
  return rows;
}

/** Reads everything that the checker compares, once the system is at rest. */
export async function readBooks(
  stack: Stack,
  { before, answers, endedAt }: Pick<Books, 'before' | 'answers' | 'endedAt'>,
): Promise<Books> {
  const consumers = (await listeners(stack.natsUrl)).map(({ consumer }) => consumer);
  const stream = await readStream(stack.natsUrl);
  return withDatabase(stack, async (client) => {
    const read = async <Row extends pg.QueryResultRow>(select: (service: string) => string): Promise<readonly Row[]> =>
      (await client.query<Row>(fromAll(select))).rows;
    const unpublished = await read<{ id: string }>(
      (service) => `SELECT event_id AS id FROM ${service}.outbox WHERE published_at IS NULL`,
    );
    return {
      endedAt,
      outbox: await readOutbox(client),
      before,
      unpublished: unpublished.map(({ id }) => id),
      stream,
      timeline: await read(
        (service) =>
          `SELECT aggregate_id AS "aggregateId", version, event_id AS "eventId" FROM ${service}.timeline_entry`,
      ),
      rows: await readRows(client),
      consumers,
      inbox: await read((service) => `SELECT consumer, event_id AS "eventId" FROM ${service}.inbox`),
      positions: await read(
        (service) => `SELECT consumer, aggregate_id AS "aggregateId", version FROM ${service}.inbox_position`,
      ),
      parked: await read((service) => `SELECT consumer, event_id AS "eventId" FROM ${service}.inbox_pending`),
      copies: await readCopies(client),
      clocks: (await client.query(`SELECT incident_id AS "incidentId", measure, state, priority FROM sla.sla_clock`))
        .rows as Books['clocks'],
      updates: (
        await client.query(`SELECT incident_id AS "incidentId", occasion FROM communications.stakeholder_update`)
      ).rows as Books['updates'],
      answers,
    };
  });
}

function fromAll(select: (service: string) => string): string {
  return SERVICES.map(select).join('\nUNION ALL\n');
}

/** Aggregates are the rows with an id and a version. */
async function readRows(client: pg.Client): Promise<Books['rows']> {
  const { rows: tables } = await client.query<{ table: string }>(
    `SELECT table_schema || '.' || table_name AS table FROM information_schema.columns
     WHERE table_schema = ANY ($1) AND column_name IN ('id', 'version') GROUP BY 1 HAVING count(*) = 2 ORDER BY 1`,
    [SERVICES],
  );
  const { rows } = await client.query<Books['rows'][number]>(
    tables.map(({ table }) => `SELECT '${table}' AS table, id, version FROM ${table}`).join(' UNION ALL '),
  );
  return rows;
}

/** The ids of all events in the broker's stream, in its order. */
async function readStream(natsUrl: string): Promise<readonly string[]> {
  const connection = await connect({ servers: natsUrl });
  try {
    const consumer = await jetstream(connection).consumers.get('GRAPHDESK');
    const ids: string[] = [];
    let waiting = (await consumer.info()).num_pending;
    while (waiting > 0) {
      for await (const message of await consumer.fetch({ max_messages: 500, expires: 5_000 })) {
        ids.push(message.json<{ id: string }>().id);
        waiting = message.info.pending;
      }
    }
    return ids;
  } finally {
    await connection.close();
  }
}

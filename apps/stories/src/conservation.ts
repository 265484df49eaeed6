import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';

/** What one consumer has not applied, or has applied without a cause. Empty lists mean: every event in effect exactly once. */
export interface Imbalance {
  readonly consumer: string;
  readonly missing: readonly string[];
  readonly uncaused: readonly string[];
}

interface Books {
  readonly service: string;
  /** `service.aggregateType` -> event ids published, unpublished included. */
  readonly out: ReadonlyMap<string, ReadonlySet<string>>;
  /** consumer -> event ids applied. */
  readonly in: ReadonlyMap<string, ReadonlySet<string>>;
  readonly unpublished: number;
  /** Events that one event caused more than once: a reaction whose effect came twice. */
  readonly doubled: readonly string[];
}

/** Who listens to what, and how much of it the broker still holds for them. */
export interface Listener {
  /** Such as `changes:incidents.incident`: the service, and whose events of which aggregate type. */
  readonly consumer: string;
  /** Not delivered yet, or delivered and not acknowledged. */
  readonly outstanding: number;
}

/** Every service that writes events. */
export const SERVICES = ['catalog', 'incidents', 'sla', 'changes', 'problems', 'communications'] as const;

/** Every durable consumer of the stream. */
export async function listeners(natsUrl: string): Promise<readonly Listener[]> {
  const connection = await connect({ servers: natsUrl });
  try {
    const manager = await jetstreamManager(connection);
    const found: Listener[] = [];
    for await (const { name, config, num_pending: waiting, num_ack_pending: underway } of manager.consumers.list(
      'GRAPHDESK',
    )) {
      const [reader, service, aggregateType] = name.split('--');
      if (config.durable_name)
        found.push({ consumer: `${reader}:${service}.${aggregateType}`, outstanding: waiting + underway });
    }
    return found;
  } finally {
    await connection.close();
  }
}

/** What is off in the books of everybody who listens: nothing once every event is in effect exactly once. */
export async function imbalancesOf(stack: {
  readonly databaseUrl: string;
  readonly natsUrl: string;
}): Promise<Imbalance[]> {
  const consumers = (await listeners(stack.natsUrl)).map((listener) => listener.consumer);
  return imbalances(stack.databaseUrl, SERVICES, consumers);
}

/**
 * Compares each producer's outbox with each of its consumers' inboxes, and counts what is still to be published. At rest every
 * event of an aggregate type is in the inbox of every consumer of that type, once (its primary key), and no event caused the
 * same event twice, which a reaction outside the inbox's transaction would do.
 */
async function imbalances(
  databaseUrl: string,
  services: readonly string[],
  consumers: readonly string[],
): Promise<Imbalance[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const books: Books[] = [];
    for (const service of services) books.push(await readBooks(client, service));
    const waiting = books.filter((book) => book.unpublished > 0).map((book) => unpublished(book));
    const twice = books.filter((book) => book.doubled.length > 0).map((book) => caused(book));
    return [...waiting, ...twice, ...consumers.map((consumer) => compare(consumer, books)).filter(isOff)];
  } finally {
    await client.end();
  }
}

async function readBooks(client: pg.Client, service: string): Promise<Books> {
  const out = await client.query<{ kind: string; id: string; published: boolean }>(
    `SELECT $1 || '.' || (envelope->>'aggregatetype') AS kind, event_id AS id, published_at IS NOT NULL AS published
     FROM ${service}.outbox`,
    [service],
  );
  const applied = await client.query<{ kind: string; id: string }>(
    `SELECT consumer AS kind, event_id AS id FROM ${service}.inbox`,
  );
  const doubled = await client.query<{ what: string }>(
    `SELECT concat_ws(' ', envelope->>'type', aggregate_id, 'because of', envelope->>'causationid') AS what
     FROM ${service}.outbox WHERE envelope ? 'causationid'
     GROUP BY envelope->>'causationid', envelope->>'type', aggregate_id HAVING count(*) > 1`,
  );
  return {
    service,
    doubled: doubled.rows.map((row) => row.what),
    out: group(out.rows),
    in: group(applied.rows),
    unpublished: out.rows.filter((row) => !row.published).length,
  };
}

function group(rows: readonly { kind: string; id: string }[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { kind, id } of rows) groups.set(kind, (groups.get(kind) ?? new Set()).add(id));
  return groups;
}

/** `changes:incidents.incident` reads what `incidents` says of `incident`. */
function compare(consumer: string, books: readonly Books[]): Imbalance {
  const [reader = '', source = ''] = consumer.split(':');
  const produced = books.find((book) => source.startsWith(`${book.service}.`))?.out.get(source) ?? new Set<string>();
  const applied = books.find((book) => book.service === reader)?.in.get(consumer) ?? new Set<string>();
  return {
    consumer,
    missing: [...produced].filter((id) => !applied.has(id)),
    uncaused: [...applied].filter((id) => !produced.has(id)),
  };
}

function unpublished(book: Books): Imbalance {
  return { consumer: `the stream, from ${book.service}`, missing: [`${book.unpublished} events`], uncaused: [] };
}

function caused(book: Books): Imbalance {
  return { consumer: `reactions of ${book.service}`, missing: [], uncaused: book.doubled };
}

const isOff = ({ missing, uncaused }: Imbalance): boolean => missing.length + uncaused.length > 0;

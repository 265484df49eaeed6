import type { EventEnvelope } from '@graphdesk/contracts';
import type { Pool } from 'pg';
import { BYTES_PER_REPLY, EVENTS_PER_REPLY, HEADS_PER_REPLY, type Head, type Wanted } from './history-request.js';

interface Entry {
  readonly event_id: string;
  readonly tenant_id: string;
  readonly aggregate_id: string;
  readonly version: number;
  readonly at: Date;
  readonly actor_id: string;
  readonly detail: unknown;
  readonly type: string;
  readonly aggregate_type: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
}

/** What a service has recorded of its aggregates: the timeline, read as the events that it was written from. */
export class HistoryStore {
  constructor(private readonly pool: Pool) {}

  /** The aggregates of one type after an id, with their last versions, in the order of their ids. */
  async heads(aggregateType: string, after: string): Promise<readonly Head[]> {
    const { rows } = await this.pool.query<{ aggregate_id: string; version: number }>(
      `SELECT aggregate_id, max(version) AS version FROM timeline_entry
       WHERE aggregate_type = $1 AND aggregate_id > $2 GROUP BY aggregate_id ORDER BY aggregate_id LIMIT $3`,
      [aggregateType, after, HEADS_PER_REPLY],
    );
    return rows.map(({ aggregate_id: aggregateId, version }) => ({ aggregateId, version }));
  }

  /** The wanted events, aggregate by aggregate as asked for and in order within each, as many as fit into one reply. */
  async events(wanted: readonly Wanted[]): Promise<readonly EventEnvelope[]> {
    const { rows } = await this.pool.query<Entry>(EVENTS, [
      wanted.map((one) => one.aggregateId),
      wanted.map((one) => one.from),
      wanted.map((one) => one.to),
      EVENTS_PER_REPLY,
      BYTES_PER_REPLY,
    ]);
    return rows.map(eventOf);
  }
}

/** The trace of the request that led here is not kept: it is over. */
function eventOf(entry: Entry): EventEnvelope {
  return {
    specversion: '1.0',
    id: entry.event_id,
    type: entry.type,
    source: `/graphdesk/${entry.type.split('.')[1]}`,
    subject: entry.aggregate_id,
    time: entry.at.toISOString(),
    datacontenttype: 'application/json',
    tenantid: entry.tenant_id,
    aggregatetype: entry.aggregate_type,
    subjectversion: entry.version,
    correlationid: entry.correlation_id,
    ...(entry.causation_id !== null && { causationid: entry.causation_id }),
    actorid: entry.actor_id,
    data: entry.detail,
  };
}

/** An envelope has less than a kibibyte beside its data. */
const EVENTS = `
WITH listed AS (
  SELECT t.*, w.place FROM unnest($1::text[], $2::int[], $3::int[]) WITH ORDINALITY AS w (id, first, last, place)
  JOIN timeline_entry t ON t.aggregate_id = w.id AND t.version BETWEEN w.first AND w.last
  ORDER BY w.place, t.version LIMIT $4
), measured AS (
  SELECT *, row_number() OVER (ORDER BY place, version) AS nth,
         sum(octet_length(detail::text) + 1024) OVER (ORDER BY place, version) AS bytes
  FROM listed
)
SELECT event_id, tenant_id, aggregate_id, version, at, actor_id, detail, type, aggregate_type, correlation_id, causation_id
FROM measured WHERE nth = 1 OR bytes <= $5 ORDER BY nth`;

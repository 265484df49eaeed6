import { newId, type DataOf, type EventContract, type EventEnvelope } from '@graphdesk/contracts';
import type { TenantDatabase } from '@graphdesk/database';
import type { EntityManager } from 'typeorm';
import { currentCause } from './cause.js';

/** What a service says about a fact; the rest of the envelope follows from the contract and the cause in force. */
export interface NewEvent<Contract extends EventContract> {
  readonly tenantId: string;
  readonly aggregateId: string;
  /** The aggregate's version after this event: one event per version, without gaps. */
  readonly version: number;
  readonly actorId: string;
  readonly at: Date;
  readonly data: DataOf<Contract>;
}

/**
 * The largest event that is taken, in bytes of its JSON: half of what the broker accepts in its default setting (1 MiB). One that
 * the broker refuses would be sent for ever, and everything after it in its aggregate would wait.
 */
export const EVENT_LIMIT_BYTES = 512 * 1024;

/** Makes an event of a contract. Its id is born here, before the commit; a payload that breaks the contract throws. */
export function newEvent<Contract extends EventContract>(contract: Contract, event: NewEvent<Contract>): EventEnvelope {
  const id = newId('event');
  const cause = currentCause();
  return {
    specversion: '1.0',
    id,
    type: contract.type,
    source: `/graphdesk/${contract.service}`,
    subject: event.aggregateId,
    time: event.at.toISOString(),
    datacontenttype: 'application/json',
    tenantid: event.tenantId,
    aggregatetype: contract.aggregateType,
    subjectversion: event.version,
    correlationid: cause?.correlationId ?? id,
    ...(cause?.causationId && { causationid: cause.causationId }),
    ...(cause?.traceparent && { traceparent: cause.traceparent }),
    actorid: event.actorId,
    data: contract.schema.parse(event.data),
  };
}

/** Where facts leave the service: the outbox for other services, the timeline for people, both in the transaction of the change. */
export class Outbox {
  /** Called after each commit that appended something; the relay listens here. */
  onCommit: () => void = () => undefined;

  constructor(private readonly database: TenantDatabase) {}

  /**
   * Appends events in order. What people read on the timeline is exactly what is published. Throws when one is larger than
   * {@link EVENT_LIMIT_BYTES}: the change that it tells of is not committed.
   */
  async append(tx: EntityManager, events: readonly EventEnvelope[]): Promise<void> {
    if (events.length === 0) return;
    const texts = events.map((event) => textOf(event));
    await tx.query(APPEND, [`[${texts.join(',')}]`]);
    this.database.afterCommit(() => this.onCommit());
  }
}

/** The event as it will travel; throws when it is too large to. */
function textOf(event: EventEnvelope): string {
  const text = JSON.stringify(event);
  const bytes = Buffer.byteLength(text);
  if (bytes <= EVENT_LIMIT_BYTES) return text;
  throw new RangeError(
    `${event.type} of ${event.subject} has ${bytes} bytes; ${EVENT_LIMIT_BYTES} at most are published`,
  );
}

const APPEND = `
WITH listed AS (
  SELECT e, place FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS l (e, place)
), entries AS (
  INSERT INTO timeline_entry (event_id, tenant_id, aggregate_id, version, kind, at, actor_id, detail,
                              type, aggregate_type, correlation_id, causation_id)
  SELECT e->>'id', e->>'tenantid', e->>'subject', (e->>'subjectversion')::int,
         replace(upper(split_part(e->>'type', '.', 3)), '-', '_'), (e->>'time')::timestamptz, e->>'actorid', e->'data',
         e->>'type', e->>'aggregatetype', e->>'correlationid', e->>'causationid'
  FROM listed
)
INSERT INTO outbox (event_id, tenant_id, aggregate_id, aggregate_version, envelope)
SELECT e->>'id', e->>'tenantid', e->>'subject', (e->>'subjectversion')::int, e FROM listed ORDER BY place`;

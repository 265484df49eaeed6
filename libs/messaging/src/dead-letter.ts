import type { ParkReason } from './parked-events.js';

/** A page of the list: so many, beyond a consumer and an aggregate of it. A place stays one also when what stood there waits no more. */
export interface DeadLetterPage {
  readonly after: { readonly consumer: string; readonly aggregateId: string } | null;
  readonly limit: number;
}

/** An aggregate that waits: its first parked event, what is known of it, and how many events wait behind it. */
export interface DeadLetter {
  /** The event's id; one waits at most once in a service. */
  readonly id: string;
  readonly tenantId: string;
  readonly consumer: string;
  readonly aggregateId: string;
  readonly aggregateType: string;
  readonly type: string;
  readonly version: number;
  readonly reason: ParkReason;
  readonly parkedAt: Date;
  readonly waiting: number;
  readonly tries: number;
  readonly firstTriedAt: Date | null;
  readonly lastTriedAt: Date | null;
  readonly errorName: string | null;
  readonly errorFingerprint: string | null;
  readonly errorOrigin: string | null;
  /** What the event and its error say: for the tenant's eyes alone, so absent where all tenants are listed. */
  readonly content?: { readonly errorDetail: string | null; readonly envelope: unknown };
}

const COLUMNS = `
  p.event_id AS id, p.tenant_id AS "tenantId", p.consumer, p.aggregate_id AS "aggregateId",
  p.envelope->>'aggregatetype' AS "aggregateType", p.envelope->>'type' AS type, p.aggregate_version AS version, p.reason,
  p.parked_at AS "parkedAt", coalesce(a.tries, 0) AS tries, a.first_tried_at AS "firstTriedAt",
  a.last_tried_at AS "lastTriedAt", a.error_name AS "errorName", a.error_fingerprint AS "errorFingerprint",
  a.error_origin AS "errorOrigin",
  (SELECT count(*)::int - 1 FROM inbox_pending w WHERE (w.consumer, w.aggregate_id) = (p.consumer, p.aggregate_id)) AS waiting`;
const CONTENT = `json_build_object('errorDetail', a.error_detail, 'envelope', p.envelope) AS content`;
const FROM_HEADS = `FROM heads h JOIN inbox_pending p USING (consumer, event_id) LEFT JOIN inbox_attempt a USING (consumer, event_id)`;

/** Gaps and rebuilds are over in seconds; one that lasts longer, in this SQL interval, is listed too. */
const PATIENCE = `interval '1 minute'`;

/**
 * SQL that lists them by consumer and aggregate: beyond a consumer ($1) and an aggregate ($2) of it, of this tenant ($3; null: of all),
 * so many ($4). Read in the order of the index, and no further than the last one listed.
 */
export function listOf(content: boolean): string {
  return `
WITH firsts AS (
  SELECT DISTINCT ON (consumer, aggregate_id) consumer, aggregate_id, event_id, reason, parked_at
  FROM inbox_pending WHERE (consumer, aggregate_id) > ($1, $2) AND ($3::text IS NULL OR tenant_id = $3)
  ORDER BY consumer, aggregate_id, aggregate_version
), heads AS (
  SELECT consumer, event_id FROM firsts
  WHERE reason NOT IN ('PARK_GAP', 'PARK_REBUILD') OR parked_at < now() - ${PATIENCE}
  ORDER BY consumer, aggregate_id LIMIT $4
)
SELECT ${COLUMNS}${content ? `, ${CONTENT}` : ''} ${FROM_HEADS} ORDER BY p.consumer, p.aggregate_id`;
}

/** SQL that finds the one of a consumer ($1) and an aggregate ($2), without its content. */
export const ONE = `
WITH heads AS (
  SELECT consumer, event_id FROM inbox_pending WHERE consumer = $1 AND aggregate_id = $2 ORDER BY aggregate_version LIMIT 1
)
SELECT ${COLUMNS} ${FROM_HEADS}`;

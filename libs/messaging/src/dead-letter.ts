import type { ParkReason } from './parked-events.js';

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
const FIRST_OF_AGGREGATE = `NOT EXISTS (
  SELECT FROM inbox_pending e WHERE (e.consumer, e.aggregate_id) = (p.consumer, p.aggregate_id)
    AND e.aggregate_version < p.aggregate_version)`;
const ROWS = `FROM inbox_pending p LEFT JOIN inbox_attempt a USING (consumer, event_id) WHERE ${FIRST_OF_AGGREGATE}`;

/** Gaps and rebuilds are over in seconds; one that lasts longer, in this SQL interval, is listed too. */
const PATIENCE = `interval '1 minute'`;

/** SQL that lists them, newest event first: $1 before this id, $2 of this tenant, $3 so many; null for no limit by id or tenant. */
export function listOf(content: boolean): string {
  return `SELECT ${COLUMNS}${content ? `, ${CONTENT}` : ''} ${ROWS}
    AND (p.reason NOT IN ('PARK_GAP', 'PARK_REBUILD') OR p.parked_at < now() - ${PATIENCE})
    AND ($1::text IS NULL OR p.event_id < $1) AND ($2::text IS NULL OR p.tenant_id = $2)
    ORDER BY p.event_id DESC LIMIT $3`;
}

/** SQL that finds the one of a consumer ($1) and an aggregate ($2), without its content. */
export const ONE = `SELECT ${COLUMNS} ${ROWS} AND p.consumer = $1 AND p.aggregate_id = $2`;

/** An aggregate of which a consumer has parked events. */
export interface Waiting {
  readonly consumer: string;
  readonly tenant_id: string;
  readonly aggregate_id: string;
  readonly source: string;
  /** The last version applied, and the first that waits. */
  readonly last: number;
  readonly first: number;
  /** Whether it has waited long enough. */
  readonly due: boolean;
}

/** The first event that waits of each aggregate, beyond a consumer ($1) and an aggregate ($2) of it; read in the order of the index, so only as many as are asked for ($4). */
export const WAITING = `
WITH heads AS (
  SELECT DISTINCT ON (consumer, aggregate_id) consumer, aggregate_id, tenant_id, event_id, aggregate_version, parked_at
  FROM inbox_pending WHERE (consumer, aggregate_id) > ($1, $2)
  ORDER BY consumer, aggregate_id, aggregate_version LIMIT $4
)
SELECT h.consumer, h.tenant_id, h.aggregate_id, p.envelope->>'source' AS source,
       coalesce(i.version, 0) AS last, h.aggregate_version AS first, h.parked_at < now() - $3 * interval '1 ms' AS due
FROM heads h JOIN inbox_pending p USING (consumer, event_id)
LEFT JOIN inbox_position i ON i.consumer = h.consumer AND i.aggregate_id = h.aggregate_id
ORDER BY h.consumer, h.aggregate_id`;

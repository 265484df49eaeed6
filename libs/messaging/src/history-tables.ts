/**
 * SQL that lets a service keep the history of its aggregates for ever and give it to others: the timeline holds the whole of each
 * event, so the outbox and the inbox may be pruned. Part of a migration after {@link messagingTables} and the timeline's.
 */
export function historyTables(schema: string): string {
  return `
ALTER TABLE ${schema}.timeline_entry
  ADD COLUMN type text,
  ADD COLUMN aggregate_type text,
  ADD COLUMN correlation_id text,
  ADD COLUMN causation_id text;
UPDATE ${schema}.timeline_entry t SET
  type = o.envelope->>'type',
  aggregate_type = o.envelope->>'aggregatetype',
  correlation_id = o.envelope->>'correlationid',
  causation_id = o.envelope->>'causationid'
FROM ${schema}.outbox o WHERE o.event_id = t.event_id;
ALTER TABLE ${schema}.timeline_entry
  ALTER COLUMN type SET NOT NULL,
  ALTER COLUMN aggregate_type SET NOT NULL,
  ALTER COLUMN correlation_id SET NOT NULL;
CREATE INDEX timeline_entry_heads ON ${schema}.timeline_entry (aggregate_type, aggregate_id, version);
CREATE POLICY engine_all ON ${schema}.timeline_entry FOR SELECT TO ${schema}_engine USING (true);
GRANT SELECT ON ${schema}.timeline_entry TO ${schema}_engine;
GRANT DELETE ON ${schema}.outbox, ${schema}.inbox TO ${schema}_engine;

CREATE TABLE ${schema}.catch_up (
  consumer text PRIMARY KEY,
  stream_incarnation text NOT NULL,
  after_aggregate text NOT NULL DEFAULT '',
  due_at timestamptz NOT NULL,
  completed_at timestamptz
);
GRANT SELECT, INSERT, UPDATE ON ${schema}.catch_up TO ${schema}_engine`;
}

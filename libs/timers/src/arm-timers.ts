import type { DueWork } from '@graphdesk/decisions';
import type { EntityManager } from 'typeorm';

/**
 * Makes the timers of an aggregate what its state asks for, in the transaction of the change: new ones are armed, moved ones get a
 * new epoch, those asked for no more are gone. Called while the aggregate's row is locked, so no firing of it is under way.
 */
export async function armTimers(
  tx: EntityManager,
  tenantId: string,
  subject: string,
  work: readonly DueWork[],
): Promise<void> {
  await tx.query(ARM, [tenantId, subject, work.map((one) => one.kind), work.map((one) => one.due)]);
}

const ARM = `
WITH asked AS (
  SELECT * FROM unnest($3::text[], $4::timestamptz[]) AS asked (kind, due)
), gone AS (
  DELETE FROM timer WHERE tenant_id = $1 AND subject = $2 AND kind <> ALL ($3::text[])
)
INSERT INTO timer AS armed (tenant_id, subject, kind, due, wake_at)
SELECT $1, $2, kind, due, due FROM asked
ON CONFLICT (tenant_id, subject, kind) DO UPDATE
SET due = EXCLUDED.due, wake_at = EXCLUDED.due, epoch = armed.epoch + 1, tries = 0, error = NULL
WHERE armed.due <> EXCLUDED.due`;

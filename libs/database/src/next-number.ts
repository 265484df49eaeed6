import type { EntityManager } from 'typeorm';

/** The next human number of this tenant, 1, 2, 3 …; taken in the caller's transaction, so a rollback leaves no gap. */
export async function nextNumber(tx: EntityManager, tenantId: string, name: string): Promise<number> {
  const [row] = await tx.query<{ value: number }[]>(
    `INSERT INTO counter AS c (tenant_id, name, value) VALUES ($1, $2, 1)
     ON CONFLICT (tenant_id, name) DO UPDATE SET value = c.value + 1 RETURNING value`,
    [tenantId, name],
  );
  if (!row) throw new Error(`no number for ${name}`);
  return row.value;
}

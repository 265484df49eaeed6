import { isUnreachable, migrate } from '@graphdesk/database';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { SubgraphDefinition } from './subgraph-app.js';

/** How often a start tries again while Postgres is not there, in milliseconds. */
const RETRY_MS = 500;
const REMIND_MS = 5_000;

/** How long a probe waits for Postgres, in milliseconds: less than the second that an orchestrator waits for the probe. */
const PROBE_MS = 750;

/** Migrates if there is an owner's URL, and connects. Waits for Postgres as long as it takes; any other failure is thrown. */
export async function connectDatabase(
  definition: SubgraphDefinition,
  ownerUrl: string | undefined,
  dataSource: DataSource,
  logger: Logger,
): Promise<void> {
  let remindedAt = -Infinity;
  for (;;) {
    try {
      if (ownerUrl) await migrateSchema(definition, ownerUrl, logger);
      await dataSource.initialize();
      return;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (performance.now() - remindedAt >= REMIND_MS) {
        logger.warn({ err: error }, 'Postgres is not reachable; waiting');
        remindedAt = performance.now();
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Brings the schema up to date under the owner role; also the command `migrate`. */
export async function migrateSchema(definition: SubgraphDefinition, url: string, logger: Logger): Promise<void> {
  const applied = await migrate({ url, schema: definition.name, migrations: definition.migrations });
  if (applied.length > 0) logger.info({ applied }, 'migrated');
}

/** Whether Postgres answers in time. A frozen server or a dead network answers nothing at all, and the prober must not wait for it. */
export async function answers(engine: Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), PROBE_MS)));
  const answer = engine.query('SELECT 1').then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

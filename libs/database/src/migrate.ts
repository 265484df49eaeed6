import { ownerDataSource, type MigrationClass } from './data-source.js';

/** Any number that all replicas agree on: migrations of one schema run one at a time. */
const MIGRATION_LOCK = 4_711_001;

/** Brings a service's schema up to date under the owner role. Safe to run from several replicas at once. Returns the names applied. */
export async function migrate(options: {
  url: string;
  schema: string;
  migrations: readonly MigrationClass[];
}): Promise<readonly string[]> {
  const dataSource = await ownerDataSource(options).initialize();
  try {
    await dataSource.query('SELECT pg_advisory_lock($1, hashtext($2))', [MIGRATION_LOCK, options.schema]);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    return applied.map((migration) => migration.name);
  } finally {
    await dataSource.destroy();
  }
}

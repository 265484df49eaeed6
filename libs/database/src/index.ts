export { TenantDatabase } from './tenant-database.js';
export { counterTable, isolateByTenant, tenantFunction, timelineTable, type TableGrants } from './isolate-by-tenant.js';
export { nextNumber } from './next-number.js';
export {
  appDataSource,
  LOCK_TIMEOUT_MS,
  ownerDataSource,
  STATEMENT_TIMEOUT_MS,
  type MigrationClass,
  type RecordClass,
} from './data-source.js';
export { DatabaseClock } from './database-clock.js';
export { enginePool } from './engine-pool.js';
export { migrate } from './migrate.js';
export { isPassingTrouble, isUnreachable } from './passing-trouble.js';
export { ShadowTables, type TableDifference } from './shadow-tables.js';
export { TimelineEntryRecord } from './timeline-entry.record.js';

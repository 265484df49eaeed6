export { describeRebuild, rebuildProjections } from './rebuild-projections.js';
export { Access, EVERY_INSIDER, EVERYBODY, enforceAccess } from './access.js';
export {
  connection,
  connectionOf,
  PAGE_LIMIT,
  PageArgs,
  PageInfo,
  pageOf,
  type Connection,
  type Page,
} from './connection.js';
export { readSettings, type SubgraphSettings } from './config.js';
export { DateTimeScalar } from './date-time.scalar.js';
export { enumOf } from './enum-of.js';
export { BODY_LIMIT_BYTES } from './envelope.hook.js';
export { ExternalReference, externalReference, type ImportedRow } from './external-reference.type.js';
export { HookError, invalidCredentials } from './hook-error.js';
export { ImportOutcomeEnum, type ImportOutcome } from './import-outcome.enum.js';
export { loadMany, loadOne, type Loader } from './loader.js';
export { createLogger } from './logger.js';
export { InvalidTransition, MutationError, mutationError, payload, Refusal } from './mutation-error.type.js';
export { PriorityEnum } from './priority.enum.js';
export { CurrentActor, CurrentRequest, type RequestContext } from './request-context.js';
export { migrateSchema } from './connect-database.js';
export { startSubgraph, type RunningSubgraph } from './start-subgraph.js';
export { printSchema, runSubgraph } from './run-subgraph.js';
export {
  buildApp,
  CLOCK,
  ENGINE_POOL,
  LOGGER,
  type SubgraphDefinition,
  type SubgraphResources,
} from './subgraph-app.js';
export { TimelineEntry, timelineEntry, type Sentences } from './timeline.js';
export { unknownReference } from './unknown-reference.js';
export { publication, WritePath, type Aggregate, type Publication } from './write-path.js';

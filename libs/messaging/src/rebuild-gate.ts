/** Any number that nobody else uses for advisory locks of two numbers; the second is the schema. */
const REBUILD = 4_711_002;

/**
 * SQL, as a boolean: the transaction under way may apply events until it ends. False while a rebuild of the service puts its
 * projections right, and while one waits to begin.
 */
export const MAY_APPLY = `pg_try_advisory_xact_lock_shared(${REBUILD}, hashtext(current_schema()))`;

/** SQL that waits until no event is being applied, and keeps new ones waiting until the transaction ends. */
export const HOLD_EVENTS = `SELECT pg_advisory_xact_lock(${REBUILD}, hashtext($1))`;

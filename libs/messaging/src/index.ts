export { currentCause, withCause, type Cause } from './cause.js';
export { messagingTables, TABLES_WITHOUT_TENANT } from './tables.js';
export { EVENT_LIMIT_BYTES, newEvent, Outbox, type NewEvent } from './outbox.js';
export { reaction, type Reaction, type Reacts } from './reaction.js';
export { connectBroker, RETENTION_DAYS, type Broker } from './broker.js';
export { Inbox, type Taken } from './inbox.js';
export { Relay } from './relay.js';
export { Messaging } from './messaging.js';
export { failpoint, planted, type Failpoint, type PlantedBug } from './failpoint.js';

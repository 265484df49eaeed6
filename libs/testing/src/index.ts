export { startAlertmanager, type Alertmanager } from './alertmanager.js';
export { eventually } from './eventually.js';
export { timeTravel, type TimeTravel } from './time-travel.js';
export { freePort } from './free-port.js';
export { canStartNats, startNats, type NatsServer } from './nats-server.js';
export {
  createDatabase,
  provisionService,
  startPostgres,
  type PostgresServer,
  type ServiceDatabase,
  type Sql,
  type TestDatabase,
} from './postgres.js';
export { eventOf, publishEvents } from './events.js';
export { serveHistory } from './history.js';
export { actorOf, startTestService, type GraphqlResponse, type Startable, type TestService } from './service.js';
export { startServiceProcess, type ServiceProcess } from './service-process.js';
export { holesInTheWall, rolesAboveTheWall, tablesOutsideTheWall } from './isolation.js';
export { statementsDuring, type Statement } from './statements.js';
export { startStack, type Stack } from './stack.js';

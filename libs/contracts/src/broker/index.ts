export { brokerRules, brokerSettings } from './broker-settings.js';
export { readDiskSync } from './disk-sync.js';
export {
  enforceBrokerRules,
  judgeBroker,
  type BrokerFacts,
  type BrokerRules,
  type BrokerVerdict,
} from './server-gate.js';

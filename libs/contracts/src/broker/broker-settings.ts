import { z } from 'zod';
import type { BrokerRules } from './server-gate.js';

const flag = z
  .enum(['true', 'false', ''])
  .default('false')
  .transform((text) => text === 'true');

/** The settings that say what a broker must be like, the same for every process. */
export const brokerSettings = {
  /** Copies of the stream, for the one who makes it; default 3 in production, 1 in development or with a single one allowed. */
  NATS_STREAM_REPLICAS: z
    .string()
    .regex(/^[1-5]?$/, 'must be 1 to 5')
    .default('')
    .transform((text) => (text ? Number(text) : undefined)),
  /** Where the servers' monitoring answers, such as `http://nats-0:8222`; all servers, separated by commas. */
  NATS_MONITORING_URL: z
    .string()
    .regex(/^(https?:\/\/[^\s,]+(,|$))*$/, 'must be http:// URLs')
    .default('')
    .transform((text) => text.split(',').filter(Boolean)),
  /** `true`: production takes servers older than 2.10.23. */
  NATS_ALLOW_OLD_SERVER: flag,
  /** `true`: production takes a stream that only one server holds. */
  NATS_ALLOW_SINGLE_REPLICA: flag,
  /** `true`: production takes servers that may lose the last acknowledged messages when they lose power. */
  NATS_ALLOW_UNSYNCED: flag,
};

/** The rules that the settings make. */
export function brokerRules(
  settings: { readonly [Key in keyof typeof brokerSettings]: z.infer<(typeof brokerSettings)[Key]> },
  production: boolean,
): BrokerRules {
  const allowSingleReplica = settings.NATS_ALLOW_SINGLE_REPLICA;
  return {
    production,
    replicas: settings.NATS_STREAM_REPLICAS ?? (production && !allowSingleReplica ? 3 : 1),
    monitoringUrls: settings.NATS_MONITORING_URL,
    allowOldServer: settings.NATS_ALLOW_OLD_SERVER,
    allowSingleReplica,
    allowUnsynced: settings.NATS_ALLOW_UNSYNCED,
  };
}

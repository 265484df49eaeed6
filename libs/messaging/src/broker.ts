import { enforceBrokerRules, readDiskSync, STREAM, STREAM_SUBJECTS, type BrokerRules } from '@graphdesk/contracts';
import {
  DiscardPolicy,
  jetstream,
  jetstreamManager,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type JetStreamClient,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';

/** How long events stay in the stream: longer than the longest outage of any consumer, in days. */
export const RETENTION_DAYS = 7;

const DAY_MS = 86_400_000;
const DEDUP_WINDOW_MS = 120_000;

/** JetStream's code for a request that one server alone cannot serve. */
const REPLICAS_NEED_A_CLUSTER = 10_074;

/** A connection to NATS with its stream in place. */
export interface Broker {
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly manager: JetStreamManager;
  /** The stream's state; makes the stream if it is missing (a broker may come back empty), otherwise leaves it as it is. */
  ensureStream(): Promise<StreamInfo>;
  /** Whether the connection is up right now. */
  isConnected(): boolean;
}

/**
 * Connects and keeps reconnecting for ever. Waits for a broker that is not up yet. The stream's settings stand here alone;
 * discard `new` means that a full stream refuses publishes and the outbox waits: nothing old is thrown away for something new.
 * With rules for production, a broker that breaks them is refused with an error that names the remedies.
 */
export async function connectBroker(options: {
  url: string;
  name: string;
  /** Default: development, where every broker is taken. */
  rules?: BrokerRules;
  /** Hears what speaks against a broker that is taken all the same. */
  warn?: (warning: string) => void;
}): Promise<Broker> {
  const connection = await connect({
    servers: options.url.split(','),
    name: options.name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    waitOnFirstConnect: true,
    pingInterval: 5_000,
    maxPingOut: 2,
  });
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const { replicas = 1 } = options.rules ?? {};
  const ensureStream = async (): Promise<StreamInfo> => {
    try {
      return await manager.streams.info(STREAM);
    } catch (error) {
      if (!isStreamMissing(error)) throw error;
      return manager.streams
        .add({
          name: STREAM,
          num_replicas: replicas,
          subjects: [STREAM_SUBJECTS],
          storage: StorageType.File,
          retention: RetentionPolicy.Limits,
          discard: DiscardPolicy.New,
          max_age: nanos(RETENTION_DAYS * DAY_MS),
          duplicate_window: nanos(DEDUP_WINDOW_MS),
          allow_direct: true,
        })
        .catch((refusal: unknown) => {
          throw isForClustersOnly(refusal) ? new Error(needsCluster(replicas), { cause: refusal }) : refusal;
        });
    }
  };
  if (options.rules?.production) {
    await admit(connection, ensureStream, options.rules, options.warn).catch(async (error: unknown) => {
      await connection.close();
      throw error;
    });
  }
  let up = true;
  const watch = async (): Promise<void> => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') up = false;
      if (status.type === 'reconnect') up = true;
    }
    up = false;
  };
  void watch();
  return { connection, js: jetstream(connection), manager, ensureStream, isConnected: () => up };
}

function isStreamMissing(error: unknown): boolean {
  return error instanceof Error && /stream not found/i.test(error.message);
}

/** Refuses what no event should be trusted to: first by what needs no stream, so that a refused broker is left as it was. */
async function admit(
  { info }: NatsConnection,
  ensureStream: () => Promise<StreamInfo>,
  rules: BrokerRules,
  warn: (warning: string) => void = () => undefined,
): Promise<void> {
  const sync = await readDiskSync(rules.monitoringUrls);
  const facts = { version: info?.version ?? '', sync };
  enforceBrokerRules({ ...facts, replicas: undefined }, rules, () => undefined);
  const { config } = await ensureStream();
  enforceBrokerRules({ ...facts, replicas: config.num_replicas }, rules, warn);
}

function isForClustersOnly(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === REPLICAS_NEED_A_CLUSTER;
}

function needsCluster(replicas: number): string {
  return `one server alone cannot keep ${replicas} replicas: run a cluster, or set NATS_ALLOW_SINGLE_REPLICA=true and NATS_STREAM_REPLICAS=1`;
}

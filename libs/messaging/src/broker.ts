import { STREAM, STREAM_SUBJECTS } from '@graphdesk/contracts';
import {
  DiscardPolicy,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';

/** How long events stay in the stream: longer than the longest outage of any consumer, in days. */
export const RETENTION_DAYS = 7;

const DAY_MS = 86_400_000;
const DEDUP_WINDOW_MS = 120_000;

/** A connection to NATS with its stream in place. */
export interface Broker {
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Makes the stream if it is missing (a broker may come back empty); otherwise leaves it as it is. */
  ensureStream(): Promise<void>;
  /** Whether the connection is up right now. */
  isConnected(): boolean;
}

/**
 * Connects and keeps reconnecting for ever. Waits for a broker that is not up yet. The stream's settings stand here alone;
 * discard `new` means that a full stream refuses publishes and the outbox waits: nothing old is thrown away for something new.
 */
export async function connectBroker(options: { url: string; name: string }): Promise<Broker> {
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
  const ensureStream = async (): Promise<void> => {
    try {
      await manager.streams.info(STREAM);
    } catch (error) {
      if (!isStreamMissing(error)) throw error;
      await manager.streams.add({
        name: STREAM,
        subjects: [STREAM_SUBJECTS],
        storage: StorageType.File,
        retention: RetentionPolicy.Limits,
        discard: DiscardPolicy.New,
        max_age: nanos(RETENTION_DAYS * DAY_MS),
        duplicate_window: nanos(DEDUP_WINDOW_MS),
        allow_direct: true,
      });
    }
  };
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

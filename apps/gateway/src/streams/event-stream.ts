import { setTimeout as pause } from 'node:timers/promises';
import { enforceBrokerRules, readDiskSync, STREAM, type BrokerRules } from '@graphdesk/contracts';
import {
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import {
  AuthorizationError,
  connect,
  UserAuthenticationExpiredError,
  type NatsConnection,
} from '@nats-io/transport-node';
import type { Logger } from 'pino';
import type { Readiness } from '../health/health-routes.js';
import { streamFault } from './stream-fault.js';

const CONNECT_PATIENCE_MS = 3_000;
const RETRY_MS = 250;

/** What the gateway reads events with once it is connected. */
export interface EventReader {
  readonly js: JetStreamClient;
  readonly manager: JetStreamManager;
}

/**
 * The connection to the event stream. The gateway starts without it, waits for it, and never gives it up; only a broker that
 * refuses the credentials, or that production does not take, ends it, since asking again would change nothing.
 */
export class EventStream {
  readonly #closed = new AbortController();
  #lose: (cause: unknown) => void = () => undefined;
  readonly #connecting: Promise<EventReader>;
  #connection: NatsConnection | undefined;
  /** Settles with the cause when the connection is closed for good and not by `close`. */
  readonly lost: Promise<unknown>;

  constructor(options: { url: string; rules: BrokerRules; readiness: Readiness; log: Logger }) {
    this.lost = new Promise((resolve) => {
      this.#lose = (cause) => {
        if (!this.#closed.signal.aborted) resolve(cause);
      };
    });
    this.#connecting = this.#connect(options);
    this.#connecting.catch((cause: unknown) => this.#lose(cause));
  }

  /** The reader. Throws SUBSCRIPTION_UNAVAILABLE when there is no connection within 3 s. */
  async reader(): Promise<EventReader> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(streamFault('SUBSCRIPTION_UNAVAILABLE')), CONNECT_PATIENCE_MS);
    });
    return Promise.race([this.#connecting, late]).finally(() => clearTimeout(timer));
  }

  /** The stream's state now. Throws SUBSCRIPTION_UNAVAILABLE when the broker does not answer or has no stream yet. */
  async info(): Promise<StreamInfo> {
    const { manager } = await this.reader();
    return manager.streams.info(STREAM).catch((cause: unknown) => {
      throw Object.assign(streamFault('SUBSCRIPTION_UNAVAILABLE'), { cause });
    });
  }

  /** Ends the connection; open feeds end with it. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#connection?.close();
  }

  async #connect({ url, rules, readiness, log }: ConstructorParameters<typeof EventStream>[0]): Promise<EventReader> {
    const connection = await this.#firstConnection(url, log);
    this.#connection = connection;
    void this.#watch(connection, readiness, log);
    const manager = await jetstreamManager(connection, { checkAPI: false });
    if (rules.production) await admit(connection, manager, rules, log);
    readiness.broker = true;
    return { js: jetstream(connection), manager };
  }

  /** Tries until it succeeds or the gateway closes; a connection that stood once reconnects by itself for ever. */
  async #firstConnection(url: string, log: Logger): Promise<NatsConnection> {
    for (;;) {
      this.#closed.signal.throwIfAborted();
      try {
        return await connect({
          servers: url.split(','),
          name: 'gateway',
          maxReconnectAttempts: -1,
          reconnectTimeWait: 250,
          reconnectJitter: 100,
          pingInterval: 5_000,
          maxPingOut: 2,
        });
      } catch (err) {
        if (err instanceof AuthorizationError || err instanceof UserAuthenticationExpiredError) throw err;
        log.debug({ err }, 'the event stream is not there yet');
        await pause(RETRY_MS, undefined, { signal: this.#closed.signal });
      }
    }
  }

  async #watch(connection: NatsConnection, readiness: Readiness, log: Logger): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') readiness.broker = false;
      if (type === 'reconnect') readiness.broker = true;
      if (type === 'disconnect' || type === 'reconnect') log.info(`event stream: ${type}`);
    }
    readiness.broker = false;
    this.#lose(await connection.closed());
  }
}

/** The services make the stream, so there may be none yet: whether it has replicas enough is then for them to see. */
async function admit(
  { info }: NatsConnection,
  manager: JetStreamManager,
  rules: BrokerRules,
  log: Logger,
): Promise<void> {
  const [sync, stream] = await Promise.all([
    readDiskSync(rules.monitoringUrls),
    manager.streams.info(STREAM).catch(() => undefined),
  ]);
  const facts = { version: info?.version ?? '', replicas: stream?.config.num_replicas, sync };
  enforceBrokerRules(facts, rules, (warning) => log.warn(warning));
}

/** Names one life of the stream: a stream that is made anew has another one. */
export function incarnationOf(info: StreamInfo): string {
  return info.created;
}

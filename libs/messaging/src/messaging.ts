import type { TenantDatabase } from '@graphdesk/database';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Broker } from './broker.js';
import { Consumer } from './consumer.js';
import { GapHealer } from './gap-healer.js';
import { HistoryClient } from './history-client.js';
import { HistoryResponder } from './history-responder.js';
import { Inbox } from './inbox.js';
import type { Outbox } from './outbox.js';
import type { Reaction } from './reaction.js';
import { Relay } from './relay.js';

/** Everything that moves events of one service: its relay, one consumer per aggregate type it listens to, and the gap healer. */
export class Messaging {
  readonly relay: Relay;
  private readonly consumers: readonly Consumer[];
  private readonly healer: GapHealer;
  private readonly responder: HistoryResponder;

  constructor(options: {
    service: string;
    database: TenantDatabase;
    outbox: Outbox;
    engine: Pool;
    broker: Broker;
    reactions: readonly Reaction[];
    logger: Logger;
  }) {
    const { service, database, outbox, engine, broker, reactions, logger } = options;
    this.relay = new Relay(engine, broker, logger);
    outbox.onCommit = () => this.relay.wake();
    const inboxes = new Map<string, Inbox>();
    this.consumers = sourcesOf(reactions).map((source) => {
      const name = `${source.service}.${source.aggregateType}`;
      const inbox = new Inbox(`${service}:${name}`, database, reactions.filter(isOf(source)));
      inboxes.set(inbox.consumer, inbox);
      return new Consumer(source, `${service}--${name.replace('.', '--')}`, inbox, broker, logger);
    });
    this.healer = new GapHealer(engine, new HistoryClient(broker.connection), inboxes, logger);
    this.responder = new HistoryResponder(service, engine, broker, logger);
  }

  start(): void {
    this.relay.start();
    for (const consumer of this.consumers) consumer.start();
    this.healer.start();
    this.responder.start();
  }

  /** Finishes what is under way: consumers first, then the relay, so that what they caused is still published. */
  async stop(): Promise<void> {
    await this.responder.stop();
    await this.healer.stop();
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await this.relay.stop();
  }
}

interface Source {
  readonly service: string;
  readonly aggregateType: string;
}

const isOf =
  (source: Source) =>
  ({ contract }: Reaction): boolean =>
    contract.service === source.service && contract.aggregateType === source.aggregateType;

function sourcesOf(reactions: readonly Reaction[]): readonly Source[] {
  const sources = new Map<string, Source>();
  for (const { contract } of reactions) sources.set(`${contract.service}.${contract.aggregateType}`, contract);
  return [...sources.values()];
}

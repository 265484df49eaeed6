import type { EventEnvelope } from '@graphdesk/contracts';
import type { TenantDatabase } from '@graphdesk/database';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { Attempts } from './attempts.js';
import type { Broker } from './broker.js';
import { CatchUp, type Reader } from './catch-up.js';
import { Consumer } from './consumer.js';
import type { DeadLetters } from './dead-letters.js';
import { Delivery } from './delivery.js';
import { GapHealer } from './gap-healer.js';
import { HistoryClient } from './history-client.js';
import { HistoryResponder } from './history-responder.js';
import { Inbox } from './inbox.js';
import type { Outbox } from './outbox.js';
import type { ParkReason } from './parked-events.js';
import { Pruner } from './pruner.js';
import type { Reaction } from './reaction.js';
import { Relay } from './relay.js';
import { consumerName, sourcesOf, type Source } from './source.js';
import { Turns } from './turns.js';

/** Limits of the way in; default: those of the library. Specs shorten them. */
export interface DeliveryLimits {
  /** How long the reactions to one event may take, in milliseconds. */
  readonly handlerLimitMs?: number;
  /** After a crash, what was under way comes again this much later, in milliseconds. */
  readonly ackWaitMs?: number;
  /** Waits between the tries of an event, in milliseconds; after the last it is parked. */
  readonly retryMs?: readonly number[];
}

/** Everything that moves events of one service: its relay, one consumer per aggregate type it listens to, and the gap healer. */
export class Messaging {
  readonly relay: Relay;
  private readonly consumers: readonly Consumer[];
  private readonly healer: GapHealer;
  private readonly responder: HistoryResponder;
  private readonly catchUp: CatchUp;
  private readonly pruner: Pruner;

  constructor(options: {
    service: string;
    database: TenantDatabase;
    outbox: Outbox;
    engine: Pool;
    broker: Broker;
    reactions: readonly Reaction[];
    logger: Logger;
    /** Lists and redrives what is parked here, if given. */
    deadLetters?: DeadLetters;
    /** Which event types this build knows; default: those of the contracts. */
    knows?: (type: string) => boolean;
    limits?: DeliveryLimits;
    /** From one comparison with the producers to the next, in milliseconds; specs shorten it. */
    compareMs?: number;
  }) {
    const { service, database, outbox, engine, broker, reactions, logger, limits = {} } = options;
    this.relay = new Relay(engine, broker, logger);
    outbox.onCommit = () => this.relay.wake();
    const turns = new Turns();
    const deliveries = new Map<string, Delivery>();
    const readers: Reader[] = [];
    this.consumers = sourcesOf(reactions).map((source) => {
      const consumer = consumerName(service, source);
      const inbox = new Inbox(consumer, database, reactions.filter(isOf(source)), {
        ...(options.knows && { knows: options.knows }),
        ...(limits.handlerLimitMs !== undefined && { handlerLimitMs: limits.handlerLimitMs }),
        onParked: (event, reason) => tellParked(logger, consumer, event, reason),
      });
      const attempts = new Attempts(consumer, database);
      const delivery = new Delivery(inbox, attempts, turns, logger, limits.retryMs);
      deliveries.set(consumer, delivery);
      readers.push({ consumer, source, take: (event) => delivery.take(event) });
      const durableName = `${service}--${source.service}--${source.aggregateType}`;
      return new Consumer(source, durableName, delivery, broker, logger, limits.ackWaitMs);
    });
    options.deadLetters?.redriveThrough(deliveries);
    const history = new HistoryClient(broker.connection);
    this.healer = new GapHealer(engine, history, deliveries, logger);
    this.catchUp = new CatchUp(engine, history, broker, readers, logger, options.compareMs);
    this.pruner = new Pruner(engine, [...deliveries.keys()], logger);
    this.responder = new HistoryResponder(service, engine, broker, logger);
  }

  start(): void {
    this.relay.start();
    for (const consumer of this.consumers) consumer.start();
    this.healer.start();
    this.responder.start();
    this.catchUp.start();
    this.pruner.start();
  }

  /** Finishes what is under way: consumers first, then the relay, so that what they caused is still published. */
  async stop(): Promise<void> {
    await Promise.all([this.responder.stop(), this.catchUp.stop(), this.pruner.stop()]);
    await this.healer.stop();
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await this.relay.stop();
  }
}

const isOf =
  (source: Source) =>
  ({ contract }: Reaction): boolean =>
    contract.service === source.service && contract.aggregateType === source.aggregateType;

const LOUDNESS = {
  PARK_FAILED: 'error',
  PARK_KILLED: 'error',
  PARK_UNKNOWN: 'warn',
  PARK_GAP: 'debug',
  PARK_REBUILD: 'debug',
} as const;

/** One line per event that begins to wait, or waits for a new reason; gaps are everyday and close by themselves. */
function tellParked(logger: Logger, consumer: string, event: EventEnvelope, reason: ParkReason): void {
  const about = { consumer, aggregateId: event.subject, eventId: event.id, type: event.type, tenantId: event.tenantid };
  logger[LOUDNESS[reason]](
    { event: 'event-parked', reason, ...about, version: event.subjectversion },
    'an event is parked; what follows it waits',
  );
}

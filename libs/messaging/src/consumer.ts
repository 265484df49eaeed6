import { aggregateFilter, envelopeSchema, eventSubject, STREAM, type EventEnvelope } from '@graphdesk/contracts';
import { AckPolicy, DeliverPolicy, type Consumer as PullConsumer, type JsMsg } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import type { Broker } from './broker.js';
import type { Delivery } from './delivery.js';
import { failpoint, planted } from './failpoint.js';
import { Lanes } from './lanes.js';

/** Aggregates whose events are applied at once; those of one aggregate follow each other. */
const LANES = 4;
const IN_FLIGHT = 64;
/** After a crash, what was under way comes again this much later, in milliseconds. A living consumer says "still working" in time. */
export const ACK_WAIT_MS = 10_000;
const RESTART_MS = 500;

/**
 * Reads one aggregate type of one producer through a durable consumer and hands every event to the inbox. The broker's
 * acknowledgement follows the commit, so a crash between the two means a second delivery, which the inbox drops.
 */
export class Consumer {
  private readonly lanes = new Lanes(LANES);
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private stopReading: () => Promise<void> | void = () => undefined;
  private readonly underway = new Set<JsMsg>();
  private stillWorking: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: { readonly service: string; readonly aggregateType: string },
    private readonly durableName: string,
    private readonly delivery: Delivery,
    private readonly broker: Broker,
    private readonly logger: Logger,
    private readonly ackWaitMs = ACK_WAIT_MS,
  ) {}

  start(): void {
    this.running = this.run();
    this.stillWorking = setInterval(() => {
      if (!this.broker.connection.isClosed()) for (const message of this.underway) message.working();
    }, this.ackWaitMs / 3);
  }

  /** Stops reading and finishes what is under way; what was read and not begun is delivered again. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.stopReading();
    await this.running;
    await this.lanes.idle();
    clearInterval(this.stillWorking);
  }

  /** Reads until stopped; whatever ends the reading (a broker that restarts, a stream made anew), it begins again. */
  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.read(await this.durable());
      } catch (error) {
        if (!this.stopping)
          this.logger.warn({ err: error, consumer: this.durableName }, 'reading stopped; starting again');
      }
      if (!this.stopping) await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
    }
  }

  private async durable(): Promise<PullConsumer> {
    await this.broker.ensureStream();
    const { consumers } = this.broker.manager;
    const settings = {
      filter_subject: aggregateFilter(this.source.service, this.source.aggregateType),
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(this.ackWaitMs),
      max_ack_pending: IN_FLIGHT * 2,
      // A limit would be silence after the last delivery: what cannot be applied is parked instead, where it can be seen.
      max_deliver: -1,
    };
    // One made by an earlier build gets this build's settings; its position stays.
    const known = await consumers.info(STREAM, this.durableName).catch(() => undefined);
    if (known) await consumers.update(STREAM, this.durableName, settings);
    else await consumers.add(STREAM, { durable_name: this.durableName, ...settings });
    return this.broker.js.consumers.get(STREAM, this.durableName);
  }

  private async read(consumer: PullConsumer): Promise<void> {
    const messages = await consumer.consume({ max_messages: IN_FLIGHT, expires: 2_000, idle_heartbeat: 500 });
    this.stopReading = async (): Promise<void> => {
      await messages.close();
    };
    if (this.stopping) await messages.close();
    void this.endWhenConsumerIsGone(messages);
    for await (const message of messages) {
      if (this.stopping) break;
      const event = this.parse(message);
      if (event) this.enqueue(message, event);
    }
  }

  /** A durable that vanished (its stream was deleted) shows up only as a status. */
  private async endWhenConsumerIsGone(messages: Awaited<ReturnType<PullConsumer['consume']>>): Promise<void> {
    for await (const status of messages.status()) {
      if (
        status.type === 'consumer_deleted' ||
        status.type === 'consumer_not_found' ||
        status.type === 'stream_not_found'
      ) {
        await messages.close();
      }
    }
  }

  /** An envelope that breaks the format, or that speaks for a service whose subject it does not use, can never be applied. */
  private parse(message: JsMsg): EventEnvelope | undefined {
    try {
      const event = envelopeSchema.parse(message.json());
      if (eventSubject(event) !== message.subject || event.source !== `/graphdesk/${this.source.service}`) {
        throw new Error(`an event of ${event.source} does not belong on ${message.subject}`);
      }
      return event;
    } catch (error) {
      this.logger.error({ err: error, subject: message.subject, streamSeq: message.seq }, 'refused a malformed event');
      message.term('malformed event');
      return undefined;
    }
  }

  private enqueue(message: JsMsg, event: EventEnvelope): void {
    this.underway.add(message);
    this.lanes.add(event.subject, () => this.handle(message, event));
  }

  private async handle(message: JsMsg, event: EventEnvelope): Promise<void> {
    try {
      if (planted('ack-before-commit')) await message.ackAck();
      const retryInMs = await this.delivery.deliver(event, message.info.deliveryCount);
      if (retryInMs !== undefined) {
        message.nak(retryInMs);
        return;
      }
      failpoint('consumer.after-commit');
      message.ack();
    } catch (error) {
      // The broker delivers it again when its patience ends.
      this.logger.warn({ err: error, eventId: event.id }, 'a failed event could not be handed back');
    } finally {
      this.underway.delete(message);
    }
  }
}

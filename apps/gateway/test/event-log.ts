import { eventSubject, newId, STREAM, type EventEnvelope } from '@graphdesk/contracts';
import { connectBroker, type Broker } from '@graphdesk/messaging';
import { eventually } from '@graphdesk/testing';

/** What a spec says of an event; the rest is made up. */
export interface Happening {
  readonly tenantId: string;
  readonly id: string;
  readonly revision: number;
  readonly service?: string;
  readonly aggregateType?: string;
  readonly name?: string;
  readonly data?: unknown;
  readonly eventId?: string;
  /** The broker's message id; another one than the event's gets past its own check for duplicates. */
  readonly messageId?: string;
}

/** Publishes events as the services' relays do. */
export class EventLog {
  private constructor(readonly broker: Broker) {}

  static async open(url: string): Promise<EventLog> {
    const broker = await connectBroker({ url, name: 'spec' });
    await broker.ensureStream();
    return new EventLog(broker);
  }

  /** Returns the event once the broker has it. */
  async publish(happening: Happening): Promise<EventEnvelope> {
    const { service = 'incidents', aggregateType = 'incident', name = 'incident-annotated' } = happening;
    const event: EventEnvelope = {
      specversion: '1.0',
      id: happening.eventId ?? newId('event'),
      type: `graphdesk.${service}.${name}.v1`,
      source: `/graphdesk/${service}`,
      subject: happening.id,
      time: '2026-11-23T02:00:04.000Z',
      datacontenttype: 'application/json',
      tenantid: happening.tenantId,
      aggregatetype: aggregateType,
      subjectversion: happening.revision,
      correlationid: 'spec',
      actorid: newId('person'),
      data: happening.data ?? {},
    };
    const msgID = happening.messageId ?? event.id;
    await this.broker.js.publish(eventSubject(event), JSON.stringify(event), { msgID, retries: 20 });
    return event;
  }

  /** Publishes revisions `from` to `to` of one incident, one after the other. */
  async publishRevisions(tenantId: string, id: string, from: number, to: number): Promise<void> {
    for (let revision = from; revision <= to; revision += 1) await this.publish({ tenantId, id, revision });
  }

  /** How many readers the broker keeps a place for. */
  async consumers(): Promise<number> {
    return (await this.broker.manager.streams.info(STREAM)).state.consumer_count;
  }

  /** Counts the readers that the broker makes a place for from now on, also those that are gone again. */
  async countNewConsumers(): Promise<() => number> {
    const subject = `$JS.EVENT.ADVISORY.CONSUMER.CREATED.${STREAM}.*`;
    const advisories = this.broker.connection.subscribe(subject);
    await this.broker.connection.flush();
    return () => advisories.getReceived();
  }

  /** Waits until `open` has made the broker keep a place for one more reader, so that it sees what is published next. */
  async withNewReader<T>(open: () => T): Promise<T> {
    const before = new Set(await this.#readers());
    const opened = open();
    await eventually(async () => {
      if ((await this.#readers()).every((name) => before.has(name))) throw new Error('no new reader yet');
    });
    return opened;
  }

  async #readers(): Promise<string[]> {
    const readers = await this.broker.manager.consumers.list(STREAM).next();
    return readers.map(({ name }) => name);
  }

  async close(): Promise<void> {
    await this.broker.connection.close();
  }
}

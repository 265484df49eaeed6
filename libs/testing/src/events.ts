import {
  eventSubject,
  newId,
  STREAM,
  STREAM_SUBJECTS,
  type DataOf,
  type EventContract,
  type EventEnvelope,
} from '@graphdesk/contracts';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

/** An event of a contract as its producer would publish it. */
export function eventOf<Contract extends EventContract>(
  contract: Contract,
  aggregateId: string,
  version: number,
  data: DataOf<Contract>,
  overrides: Partial<EventEnvelope> = {},
): EventEnvelope {
  const id = newId('event');
  return {
    specversion: '1.0',
    id,
    type: contract.type,
    source: `/graphdesk/${contract.service}`,
    subject: aggregateId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    tenantid: 'ten_01kb0000000000000000000001',
    aggregatetype: contract.aggregateType,
    subjectversion: version,
    correlationid: id,
    actorid: 'per_01kb0000000000000000000001',
    data: contract.schema.parse(data),
    ...overrides,
  };
}

/** Publishes events to the stream in the order given, each acknowledged; `repeat` sends them past the broker's own dedup. */
export async function publishEvents(
  natsUrl: string,
  events: readonly EventEnvelope[],
  { repeat = false } = {},
): Promise<void> {
  const connection = await connect({ servers: natsUrl });
  try {
    const manager = await jetstreamManager(connection);
    await manager.streams.info(STREAM).catch(() => manager.streams.add({ name: STREAM, subjects: [STREAM_SUBJECTS] }));
    for (const event of events) {
      const msgID = repeat ? `${event.id}#${newId('event')}` : event.id;
      await jetstream(connection).publish(eventSubject(event), JSON.stringify(event), { msgID });
    }
  } finally {
    await connection.close();
  }
}

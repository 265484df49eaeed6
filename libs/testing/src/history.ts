import { historySubject, type EventEnvelope } from '@graphdesk/contracts';
import { connect } from '@nats-io/transport-node';

/** A producer that does not run in the spec, as far as its history goes: answers with these events whoever asks for them. */
export async function serveHistory(
  natsUrl: string,
  service: string,
  events: readonly EventEnvelope[],
): Promise<{ stop(): Promise<void> }> {
  const connection = await connect({ servers: natsUrl });
  connection.subscribe(historySubject(service), {
    callback: (_error, message) => {
      const { wanted } = message.json<{ wanted: { aggregateId: string; from: number; to: number }[] }>();
      const found = wanted.flatMap(({ aggregateId, from, to }) =>
        events
          .filter((e) => e.subject === aggregateId && e.subjectversion >= from && e.subjectversion <= to)
          .sort((a, b) => a.subjectversion - b.subjectversion),
      );
      message.respond(JSON.stringify(found));
    },
  });
  await connection.flush();
  return { stop: () => connection.close() };
}

/** The one JetStream stream that holds every event of an installation; its sequence is what cursors point at. */
export const STREAM = 'GRAPHDESK';

/** Everything the stream takes. */
export const STREAM_SUBJECTS = 'gd.>';

/** Where an event is published: `gd.<tenant>.<service>.<aggregate type>.<aggregate id>.<event name>`. */
export function eventSubject(event: {
  tenantid: string;
  type: string;
  aggregatetype: string;
  subject: string;
}): string {
  const [, service, name] = event.type.split('.');
  return `gd.${event.tenantid}.${service}.${event.aggregatetype}.${event.subject}.${name}`;
}

/** The filter for all events of one aggregate type, of one tenant or (by default) of all. */
export function aggregateFilter(service: string, aggregateType: string, tenantId = '*'): string {
  return `gd.${tenantId}.${service}.${aggregateType}.>`;
}

/** Where others ask a service how far each of its aggregates has come (request and reply). */
export function headsSubject(service: string): string {
  return `gdrpc.${service}.heads`;
}

/** Where others ask a service for recorded events of its aggregates, however old (request and reply). */
export function historySubject(service: string): string {
  return `gdrpc.${service}.history`;
}

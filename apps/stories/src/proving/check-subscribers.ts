import type { Books, History, PastEvent, SubscriberJournal } from './history.js';
import { grouped, violation, type Violation } from './invariants.js';

/**
 * I8: from its first message on, a subscriber has every event that it asked for, once, in the stream's order. What it may have is
 * taken from the outboxes, so an event that never reached the stream is a gap too. An event that the stream itself holds
 * several times may come as often.
 */
export function checkSubscribers({ subscribers, books }: History): readonly Violation[] {
  return subscribers.flatMap((journal) => checkJournal(journal, books));
}

function checkJournal(journal: SubscriberJournal, books: Books): readonly Violation[] {
  const { name, received, lost } = journal;
  const [first] = received;
  const cut = lost.map((code) => violation('I8', `${name} could not go on: ${code}`));
  if (!first) return [...cut, violation('I8', `${name} received nothing at all`)];
  const places = placesOf(books.stream);
  const begin = places.get(first.eventId)?.[0] ?? 0;
  const wanted = books.outbox.filter((event) => isFor(journal, event, books.outbox));
  const due = wanted.filter(({ id }) => (places.get(id)?.[0] ?? Number.POSITIVE_INFINITY) >= begin);
  const copies = grouped(received, ({ eventId }) => eventId);
  const allowed = new Set(wanted.map(({ id }) => id));
  return [
    ...cut,
    ...due
      .filter(({ id }) => !copies.has(id))
      .map(({ id, name: what }) => violation('I8', `${name} lacks ${what}`, id)),
    ...[...copies]
      .filter(([id, messages]) => messages.length > (places.get(id)?.length ?? 1))
      .map(([id, messages]) => violation('I8', `${name} received it ${messages.length} times`, id)),
    ...[...copies.keys()]
      .filter((id) => !allowed.has(id))
      .map((id) => violation('I8', `${name} received what it did not ask for`, id)),
    ...outOfOrder(name, [...copies.keys()], places),
  ];
}

function placesOf(stream: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const numbered = grouped(
    stream.map((id, place) => ({ id, place })),
    ({ id }) => id,
  );
  return new Map([...numbered].map(([id, copies]) => [id, copies.map(({ place }) => place)]));
}

function isFor(journal: SubscriberJournal, event: PastEvent, outbox: readonly PastEvent[]): boolean {
  if (event.aggregateType !== journal.aggregateType) return false;
  return journal.serviceId === null || serviceOf(event, outbox) === journal.serviceId;
}

const services = new WeakMap<readonly PastEvent[], ReadonlyMap<string, unknown>>();

/** The service of an event's incident, as its report named it; it never changes. */
function serviceOf({ aggregateId }: PastEvent, outbox: readonly PastEvent[]): unknown {
  const known =
    services.get(outbox) ??
    new Map(outbox.filter(({ name }) => name === 'incident-reported').map((e) => [e.aggregateId, e.data['serviceId']]));
  services.set(outbox, known);
  return known.get(aggregateId);
}

function outOfOrder(
  name: string,
  ids: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
): readonly Violation[] {
  const order = ids.map((id) => ({ id, place: places.get(id)?.[0] ?? -1 })).filter(({ place }) => place >= 0);
  return order
    .filter(({ place }, index) => place < (order[index - 1]?.place ?? -1))
    .map(({ id }) => violation('I8', `${name} received it after a later one`, id));
}

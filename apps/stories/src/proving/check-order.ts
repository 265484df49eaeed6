import type { Books, History, PastEvent } from './history.js';
import { grouped, violation, type Violation } from './invariants.js';

/** I4: versions of an aggregate are 1, 2, 3 … wherever they are written: outbox, timeline, its row, the stream, each subscriber. */
export function checkOrder({ books, subscribers }: History): readonly Violation[] {
  return [
    ...inOutbox(books),
    ...onTimeline(books),
    ...inStream(books),
    ...subscribers.flatMap(({ name, received }) =>
      [...grouped(received, (message) => message.aggregateId)].flatMap(([aggregateId, messages]) => {
        const versions = [...new Set(messages.map(({ revision }) => revision))];
        return isRising(versions, versions[0] ?? 1)
          ? []
          : [violation('I4', `${name} received revisions ${versions.join(', ')}`, aggregateId)];
      }),
    ),
  ];
}

/** Whether these are `first`, `first` + 1, … */
function isRising(versions: readonly number[], first = 1): boolean {
  return versions.every((version, index) => version === first + index);
}

function inOutbox({ outbox, rows }: Books): readonly Violation[] {
  const aggregates = grouped(outbox, (event) => event.aggregateId);
  const gaps = [...aggregates].flatMap(([aggregateId, events]) => {
    const versions = events.map(({ version }) => version).sort((a, b) => a - b);
    return isRising(versions) ? [] : [violation('I4', `the outbox has versions ${versions.join(', ')}`, aggregateId)];
  });
  const behind = rows.flatMap(({ table, id, version }) => {
    const written = aggregates.get(id)?.length ?? 0;
    if (written === 0) return [violation('I2', `a row of ${table} has no event`, id)];
    return written === version ? [] : [violation('I4', `${table} is at ${version} with ${written} events`, id)];
  });
  return [...gaps, ...behind];
}

function onTimeline({ outbox, timeline }: Books): readonly Violation[] {
  const entries = new Map(timeline.map((entry) => [entry.eventId, entry]));
  const absent = outbox
    .filter((event) => {
      const entry = entries.get(event.id);
      return entry?.aggregateId !== event.aggregateId || entry.version !== event.version;
    })
    .map((event) => violation('I4', `${event.name} is not on the timeline at its place`, event.id));
  const events = new Set(outbox.map(({ id }) => id));
  const extra = timeline
    .filter(({ eventId }) => !events.has(eventId))
    .map(({ eventId, aggregateId }) => violation('I2', 'a timeline entry has no event', eventId, aggregateId));
  return [...absent, ...extra];
}

/** The stream holds everything, and an event for the first time only after its predecessor. Later repeats are at-least-once. */
function inStream({ outbox, stream, unpublished }: Books): readonly Violation[] {
  const places = new Map<string, number>();
  stream.forEach((eventId, place) => {
    if (!places.has(eventId)) places.set(eventId, place);
  });
  const events = new Set(outbox.map(({ id }) => id));
  const unknown = [...places.keys()].filter((id) => !events.has(id));
  const waiting = new Set(unpublished);
  return [
    ...unknown.map((id) => violation('I2', 'the stream holds an event that no outbox has', id)),
    ...outbox
      .filter(({ id }) => !places.has(id))
      .map(({ id, name }) =>
        violation('I4', waiting.has(id) ? `${name} was never published` : `the stream lacks ${name}`, id),
      ),
    ...[...grouped(outbox, (event) => event.aggregateId).values()].flatMap((same) => overtaking(same, places)),
  ];
}

function overtaking(events: readonly PastEvent[], places: ReadonlyMap<string, number>): readonly Violation[] {
  const inOrder = [...events].sort((a, b) => a.version - b.version);
  return inOrder.slice(1).flatMap((event, index) => {
    const [place, previous] = [places.get(event.id), places.get(inOrder[index]?.id ?? '')];
    if (place === undefined || previous === undefined || previous < place) return [];
    return [violation('I4', `${event.name} overtook version ${event.version - 1} in the stream`, event.id)];
  });
}

import type { Books, Copy, History, PastEvent } from './history.js';
import { grouped, violation, type Violation } from './invariants.js';
import { checkClocks, checkDrafts, checkNotes } from './expected-effects.js';

/**
 * I3: every event has had its effect once at each of its readers. The inbox alone cannot show it, since its key hides doubles and
 * it may be written without the effect: so what events caused, what readers copied and what they made of it are compared too.
 */
export function checkEffects({ books }: History): readonly Violation[] {
  return [
    ...books.consumers.flatMap((consumer) => checkInbox(consumer, books)),
    ...books.parked.map(({ consumer, eventId }) => violation('I3', `${consumer} has set it aside`, eventId)),
    ...checkCaused(books.outbox),
    ...books.copies.flatMap((copy) => checkCopy(copy)),
    ...checkClocks(books),
    ...checkDrafts(books),
    ...checkNotes(books),
  ];
}

/** `changes:incidents.incident` reads what `incidents` says of `incident`. */
function checkInbox(consumer: string, books: Books): readonly Violation[] {
  const [, source = ''] = consumer.split(':');
  const produced = books.outbox.filter((event) => `${event.service}.${event.aggregateType}` === source);
  const applied = new Set(books.inbox.filter((row) => row.consumer === consumer).map(({ eventId }) => eventId));
  const events = new Set(produced.map(({ id }) => id));
  const positions = new Map(
    books.positions
      .filter((row) => row.consumer === consumer)
      .map(({ aggregateId, version }) => [aggregateId, version]),
  );
  const misplaced = [...grouped(produced, (event) => event.aggregateId)].filter(
    ([aggregateId, same]) => positions.get(aggregateId) !== same.length,
  );
  return [
    ...produced
      .filter(({ id }) => !applied.has(id))
      .map(({ id, name }) => violation('I3', `${consumer} has not applied ${name}`, id)),
    ...[...applied]
      .filter((id) => !events.has(id))
      .map((id) => violation('I2', `${consumer} has applied what nobody published`, id)),
    ...misplaced.map(([aggregateId, same]) =>
      violation('I3', `${consumer} is at ${positions.get(aggregateId) ?? 0} of ${same.length}`, aggregateId),
    ),
  ];
}

/** What an effect is about besides its aggregate: the same twice, for one cause, is one effect too many. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  'sla-clock-started': ['incidentId', 'measure'],
  'change-suspected': ['incidentId', 'changeId'],
  'rollback-suggested': ['suspectedChangeId'],
  'update-drafted': ['incidentId', 'occasion'],
  'problem-proposed': ['serviceId', 'signature'],
  'incident-annotated': ['kind', 'referenceId'],
};

function checkCaused(outbox: readonly PastEvent[]): readonly Violation[] {
  const caused = outbox.filter((event) => event.causationId !== null);
  const same = grouped(caused, (event) => {
    const fields = ABOUT[event.name];
    // What is born with the event has a new id each time; anything else is the same when it happens to the same aggregate.
    const place = event.version === 1 && fields ? '' : event.aggregateId;
    return [event.causationId, event.name, place, ...(fields ?? []).map((field) => event.data[field])].join(' ');
  });
  return [...same.values()]
    .filter((events) => events.length > 1)
    .map((events) => {
      const [{ name, causationId }] = events as [PastEvent];
      return violation(
        'I3',
        `${name} came ${events.length} times of one cause`,
        causationId ?? '',
        ...events.map((e) => e.id),
      );
    });
}

function checkCopy({ name, told, known }: Copy): readonly Violation[] {
  const ids = [...new Set([...Object.keys(told), ...Object.keys(known)])];
  return ids
    .filter((id) => told[id] !== known[id])
    .map((id) => violation('I3', `${name}: ${known[id] ?? 'nothing'} instead of ${told[id] ?? 'nothing'}`, id));
}

import type { History, Operation, PastEvent } from './history.js';
import { grouped, violation, type Violation } from './invariants.js';

/**
 * I1 and I2: what was acknowledged is there, and what is there was asked for. An operation whose outcome is unknown may or may
 * not have had its effect; one that was refused must not.
 */
export function checkOperations({ operations, books }: History): readonly Violation[] {
  const before = new Set(books.before);
  const roots = grouped(
    books.outbox.filter((event) => event.causationId === null && !before.has(event.id)),
    (event) => event.correlationId,
  );
  return [
    ...operations.filter(({ outcome }) => outcome === 'ok').flatMap((one) => missing(one, operations, roots)),
    ...operations.filter(({ outcome }) => outcome === 'refused').flatMap((one) => refusedYetDone(one, roots)),
    ...operations.flatMap((one) => doneTwice(one, roots)),
    ...uncaused(operations, books.outbox, before),
    ...answersThatDiffer(books.answers, books.outbox),
  ];
}

type Roots = ReadonlyMap<string, readonly PastEvent[]>;

/** The event that an operation made of what it was asked to change. */
function effectOf({ id, expects, target, answered }: Operation, roots: Roots): PastEvent | undefined {
  const aggregateId = answered?.id ?? target;
  return roots
    .get(id)
    ?.find((event) => expects.includes(event.name) && (aggregateId === null || event.aggregateId === aggregateId));
}

function missing(operation: Operation, all: readonly Operation[], roots: Roots): readonly Violation[] {
  const { id, act, target, answered } = operation;
  const others = all.filter((one) => target !== null && one.act === act && one.target === target);
  const effect =
    effectOf(operation, roots) ?? others.map((one) => inForce(one, answered, roots)).find((found) => found);
  if (!effect) return [violation('I1', `${act} was acknowledged and has no event`, id, answered?.id ?? '')];
  if (answered && answered.revision < effect.version) {
    return [violation('I1', `${act} was answered with a revision before its own`, id, effect.id)];
  }
  return [];
}

/**
 * The effect of another operation that leaves an acknowledged one with nothing to change: of one whose outcome was unknown, so that it
 * was asked for again, or of one that had just done it. Anything since then may have undone it.
 */
function inForce(other: Operation, answered: Operation['answered'], roots: Roots): PastEvent | undefined {
  const effect = effectOf(other, roots);
  return other.outcome !== 'ok' || effect?.version === answered?.revision ? effect : undefined;
}

function refusedYetDone({ id, act, code }: Operation, roots: Roots): readonly Violation[] {
  const effects = roots.get(id) ?? [];
  if (effects.length === 0) return [];
  return [violation('I2', `${act} was refused (${code}) and has an effect`, id, ...effects.map((event) => event.id))];
}

/** One request has each effect once, on one aggregate of a kind when it creates. */
function doneTwice({ id, act, target, expects }: Operation, roots: Roots): readonly Violation[] {
  const effects = (roots.get(id) ?? []).filter((event) => expects.includes(event.name));
  const twice = [...grouped(effects, (event) => `${event.name} ${target === null ? '' : event.aggregateId}`).values()];
  return twice
    .filter((same) => same.length > 1)
    .map((same) => violation('I3', `${act} had its effect ${same.length} times`, id, ...same.map((event) => event.id)));
}

/** What a service does by itself when a moment has come: nobody asked for it. */
const CAUSED_BY_TIME = new Set([
  'sla-clock-at-risk',
  'sla-clock-breached',
  'incident-recovery-window-ended',
  'incident-closed',
  'action-item-overdue',
  'rollback-expired',
  'notification-claimed',
  'notification-sent',
  'notification-deferred',
  'notification-failed',
]);

const isOfTime = ({ name, actorId }: PastEvent): boolean => CAUSED_BY_TIME.has(name) && actorId.startsWith('system:');

function uncaused(
  operations: readonly Operation[],
  outbox: readonly PastEvent[],
  before: ReadonlySet<string>,
): readonly Violation[] {
  const invoked = new Set(operations.map(({ id }) => id));
  const events = new Map(outbox.map((event) => [event.id, event]));
  return outbox
    .filter((event) => !before.has(event.id))
    .flatMap((event) => {
      if (event.causationId === null) {
        if (invoked.has(event.correlationId) || isOfTime(event)) return [];
        return [violation('I2', `nobody asked for ${event.name}`, event.id, event.correlationId)];
      }
      if (events.get(event.causationId)?.correlationId === event.correlationId) return [];
      return [violation('I2', `${event.name} names a cause that never was`, event.id, event.causationId)];
    });
}

function answersThatDiffer(answers: History['books']['answers'], outbox: readonly PastEvent[]): readonly Violation[] {
  const last = new Map<string, number>();
  for (const { aggregateId, version } of outbox) {
    last.set(aggregateId, Math.max(version, last.get(aggregateId) ?? 0));
  }
  return answers
    .filter(({ id, revision }) => revision !== (last.get(id) ?? null))
    .map(({ id, revision }) =>
      violation('I1', `the graph answers revision ${revision} and ${last.get(id) ?? 0} was written`, id),
    );
}

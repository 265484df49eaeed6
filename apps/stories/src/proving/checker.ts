import { checkDueWork } from './check-due-work.js';
import { checkEffects } from './check-effects.js';
import { checkOperations } from './check-operations.js';
import { checkOrder } from './check-order.js';
import { checkSubscribers } from './check-subscribers.js';
import type { History } from './history.js';
import type { Violation } from './invariants.js';

/** Every breach of an invariant in a history. Pure: the same history gives the same answer, also years later. */
export function check(history: History): readonly Violation[] {
  return [checkOperations, checkEffects, checkOrder, checkDueWork, checkSubscribers].flatMap((one) => one(history));
}

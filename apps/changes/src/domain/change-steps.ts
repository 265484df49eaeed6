import { decide, refuse, unchanged } from '@graphdesk/decisions';
import { changeReference, type Change, type ChangeDecision } from './change.js';
import { allowedTransitions, mayBecome } from './change-lifecycle.js';
import { forbids } from './changes-permissions.js';
import { invalidText, invalidTransition, LIMITS } from './changes-refusals.js';
import type { Acting, ChangeState, CloseCode } from './vocabulary.js';

/** Normal changes: look at risk and plan. */
export function assess(change: Change, acting: Acting, now: Date): ChangeDecision {
  return step(change, 'ASSESS', acting, now);
}

/** Hand the change to its authority: normal ones after their assessment, emergencies at once. */
export function requestAuthorization(change: Change, acting: Acting, now: Date): ChangeDecision {
  return step(change, 'AUTHORIZE', acting, now);
}

/** The authority says yes; never the one who asked. */
export function authorize(change: Change, acting: Acting, now: Date): ChangeDecision {
  const refusal = forbids('authorize-change', acting) ?? forbidsStep(change, 'SCHEDULED', 'AUTHORIZE');
  if (refusal) return refusal;
  if (change.requesterId === acting.id) {
    return refuse('OWN_CHANGE', 'whoever asked for a change cannot authorise it');
  }
  return decide({ state: 'SCHEDULED', authorizedBy: acting.id, authorizedAt: now }, [
    { kind: 'change-authorized', by: acting.id, at: now },
  ]);
}

/** The authority says no: the change is NEW again and whatever was approved is void. */
export function reject(change: Change, reason: string, acting: Acting, now: Date): ChangeDecision {
  const refusal =
    forbids('authorize-change', acting) ?? forbidsStep(change, 'NEW') ?? invalidText('reason', reason, LIMITS.reason);
  if (refusal) return refusal;
  return decide({ state: 'NEW', authorizedBy: null, authorizedAt: null }, [
    { kind: 'change-rejected', by: acting.id, reason: reason.trim(), at: now },
  ]);
}

/** Standard changes go on the schedule without a word of an authority; what is on it already stays. */
export function schedule(change: Change, acting: Acting, now: Date): ChangeDecision {
  const refusal = forbids('plan-change', acting);
  if (refusal) return refusal;
  if (change.state === 'SCHEDULED') return unchanged();
  return forbidsStep(change, 'SCHEDULED', 'NEW') ?? step(change, 'SCHEDULED', acting, now);
}

/** People begin. A pipeline's deployment does the same by itself. */
export function startImplementation(change: Change, acting: Acting, now: Date): ChangeDecision {
  return step(change, 'IMPLEMENT', acting, now);
}

/** People finished what no pipeline reports. */
export function completeImplementation(change: Change, acting: Acting, now: Date): ChangeDecision {
  return step(change, 'REVIEW', acting, now);
}

/** The review is over. */
export function close(change: Change, closeCode: CloseCode, acting: Acting, now: Date): ChangeDecision {
  const refusal = forbids('plan-change', acting) ?? forbidsStep(change, 'CLOSED');
  return refusal ?? decide({ state: 'CLOSED', closeCode }, [{ kind: 'change-closed', closeCode, at: now }]);
}

/** It will not be done. */
export function cancel(change: Change, reason: string, acting: Acting, now: Date): ChangeDecision {
  return invalidText('reason', reason, LIMITS.reason) ?? step(change, 'CANCELED', acting, now, reason.trim());
}

function step(
  change: Change,
  to: ChangeState,
  acting: Acting,
  now: Date,
  reason: string | null = null,
): ChangeDecision {
  const refusal = forbids('plan-change', acting) ?? forbidsStep(change, to);
  return refusal ?? decide({ state: to }, [{ kind: 'change-moved', from: change.state, to, reason, at: now }]);
}

/** Null when the change's route has the step (and, if `only` is given, the change stands there). */
function forbidsStep(
  change: Change,
  to: ChangeState,
  only: ChangeState = change.state,
): ReturnType<typeof invalidTransition> | null {
  if (change.state === only && mayBecome(change, to)) return null;
  return invalidTransition(changeReference(change.number), change.state, to, allowedTransitions(change));
}

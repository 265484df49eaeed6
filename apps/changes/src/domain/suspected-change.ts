import { allowedMoves, canMove, decide, unchanged, type Decision, type Lifecycle } from '@graphdesk/decisions';
import { forbids } from './changes-permissions.js';
import { invalidText, invalidTransition, LIMITS, type ChangesRefusal } from './changes-refusals.js';
import type { PolicyAnswer } from './rollback-policy.js';
import type { Suspicion, SuspicionReason } from './suspect-changes.js';
import type { Acting, Confidence, RollbackAdvice, SuspicionState } from './vocabulary.js';

/** The link between an incident and a change that may have caused it; a person confirms or rejects it. */
export interface SuspectedChange {
  readonly id: string;
  readonly incidentId: string;
  readonly changeId: string;
  readonly changeNumber: number;
  readonly deploymentId: string;
  readonly state: SuspicionState;
  readonly confidence: Confidence;
  /** The sum behind the confidence: orders the suspects of an incident. */
  readonly points: number;
  readonly reasons: readonly SuspicionReason[];
  readonly minutesBefore: number;
  /** What the rollback policy said last, and why. */
  readonly advice: RollbackAdvice;
  readonly adviceReason: string;
  /** Who confirmed or rejected it. */
  readonly judgedBy: string | null;
  /** Why it was rejected, in words. */
  readonly rejectionReason: string | null;
}

export type SuspicionFact =
  | { readonly kind: 'change-suspected' | 'rollback-advice-changed'; readonly at: Date }
  | { readonly kind: 'suspicion-confirmed'; readonly by: string; readonly at: Date }
  | { readonly kind: 'suspicion-rejected'; readonly by: string; readonly reason: string; readonly at: Date };

export type SuspicionDecision = Decision<SuspectedChange, SuspicionFact, ChangesRefusal>;

export const SUSPICION_LIFECYCLE: Lifecycle<SuspicionState> = {
  SUSPECTED: ['CONFIRMED', 'REJECTED'],
  CONFIRMED: [],
  REJECTED: [],
};

/** A suspicion of the ranking becomes a link. */
export function link(
  suspicion: Suspicion,
  policy: PolicyAnswer,
  identity: { readonly id: string; readonly incidentId: string },
): SuspectedChange {
  const { candidate, confidence, points, reasons, minutesBefore } = suspicion;
  return {
    ...identity,
    changeId: candidate.changeId,
    changeNumber: candidate.changeNumber,
    deploymentId: candidate.deploymentId,
    state: 'SUSPECTED',
    confidence,
    points,
    reasons,
    minutesBefore,
    advice: policy.advice,
    adviceReason: policy.reason,
    judgedBy: null,
    rejectionReason: null,
  };
}

/** A person says: this was it. The policy is asked again, now without a doubt about the cause. */
export function confirm(
  suspected: SuspectedChange,
  policy: PolicyAnswer,
  acting: Acting,
  now: Date,
): SuspicionDecision {
  const refusal = forbids('judge-suspicion', acting) ?? forbidsStep(suspected, 'CONFIRMED');
  if (refusal) return refusal;
  return decide({ state: 'CONFIRMED', judgedBy: acting.id, advice: policy.advice, adviceReason: policy.reason }, [
    { kind: 'suspicion-confirmed', by: acting.id, at: now },
  ]);
}

/** A person says: this was not it. The link stays, so the change is not suspected for this incident again. */
export function reject(suspected: SuspectedChange, reason: string, acting: Acting, now: Date): SuspicionDecision {
  const refusal =
    forbids('judge-suspicion', acting) ??
    forbidsStep(suspected, 'REJECTED') ??
    invalidText('reason', reason, LIMITS.reason);
  if (refusal) return refusal;
  const judgement = { judgedBy: acting.id, rejectionReason: reason.trim() };
  return decide({ state: 'REJECTED', ...judgement, advice: 'SILENT', adviceReason: 'the suspicion was rejected' }, [
    { kind: 'suspicion-rejected', by: acting.id, reason: judgement.rejectionReason, at: now },
  ]);
}

/** The policy was asked again, because the incident has another priority. A rejected suspicion has no advice any more. */
export function reconsider(
  suspected: SuspectedChange,
  policy: PolicyAnswer,
  now: Date,
): Decision<SuspectedChange, SuspicionFact, never> {
  const same = suspected.advice === policy.advice && suspected.adviceReason === policy.reason;
  if (same || suspected.state === 'REJECTED') return unchanged();
  return decide({ advice: policy.advice, adviceReason: policy.reason }, [{ kind: 'rollback-advice-changed', at: now }]);
}

function forbidsStep(suspected: SuspectedChange, to: SuspicionState): ReturnType<typeof invalidTransition> | null {
  if (canMove(SUSPICION_LIFECYCLE, suspected.state, to)) return null;
  return invalidTransition('the suspicion', suspected.state, to, allowedMoves(SUSPICION_LIFECYCLE, suspected.state));
}

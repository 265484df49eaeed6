import { allowedMoves, canMove, decide, refuse, unchanged, type Decision, type Lifecycle } from '@graphdesk/decisions';
import { forbids } from './changes-permissions.js';
import { invalidText, invalidTransition, LIMITS, type ChangesRefusal } from './changes-refusals.js';
import type { SuspectedChange } from './suspected-change.js';
import type { Acting, RollbackState } from './vocabulary.js';

/** What the policy proposes about a suspect; a person accepts or declines. */
export interface RollbackSuggestion {
  readonly id: string;
  readonly suspectedChangeId: string;
  readonly incidentId: string;
  readonly changeId: string;
  readonly changeNumber: number;
  readonly state: RollbackState;
  /** The policy's row that decided, in words. */
  readonly reason: string;
  /** Set once accepted: the change that takes the other one back. */
  readonly rollbackChangeId: string | null;
  /** Who accepted or declined. */
  readonly decidedBy: string | null;
}

export type RollbackFact =
  | {
      readonly kind:
        'rollback-suggested' | 'rollback-accepted' | 'rollback-withdrawn' | 'rollback-succeeded' | 'rollback-failed';
      readonly at: Date;
    }
  | { readonly kind: 'rollback-declined' | 'rollback-expired'; readonly reason: string; readonly at: Date };

export type RollbackDecision = Decision<RollbackSuggestion, RollbackFact, ChangesRefusal>;

/** ACCEPTED lasts as long as the transaction that opens the rollback's change. A pipeline that tries again may succeed after a failure. */
export const ROLLBACK_LIFECYCLE: Lifecycle<RollbackState> = {
  SUGGESTED: ['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'],
  ACCEPTED: ['RUNNING'],
  RUNNING: ['SUCCEEDED', 'FAILED'],
  SUCCEEDED: [],
  FAILED: ['SUCCEEDED'],
  DECLINED: [],
  EXPIRED: [],
  WITHDRAWN: [],
};

/** A suggestion as it begins. */
export function suggestRollback(id: string, suspected: SuspectedChange, reason: string): RollbackSuggestion {
  const { id: suspectedChangeId, incidentId, changeId, changeNumber } = suspected;
  const state = 'SUGGESTED';
  return {
    id,
    suspectedChangeId,
    incidentId,
    changeId,
    changeNumber,
    state,
    reason,
    rollbackChangeId: null,
    decidedBy: null,
  };
}

/** A person with emergency authority accepts: the rollback runs. `elsewhere`: the change is being taken back, or was, for another incident. */
export function accept(
  suggestion: RollbackSuggestion,
  rollback: { readonly changeId: string; readonly elsewhere: boolean },
  acting: Acting,
  now: Date,
): RollbackDecision {
  const refusal = forbids('decide-rollback', acting) ?? forbidsStep(suggestion, 'ACCEPTED');
  if (refusal) return refusal;
  if (rollback.elsewhere) return refuse('ROLLBACK_UNDER_WAY', 'the change is taken back for another incident already');
  return decide({ state: 'RUNNING', rollbackChangeId: rollback.changeId, decidedBy: acting.id }, [
    { kind: 'rollback-accepted', at: now },
  ]);
}

export function decline(suggestion: RollbackSuggestion, reason: string, acting: Acting, now: Date): RollbackDecision {
  const refusal =
    forbids('decide-rollback', acting) ??
    forbidsStep(suggestion, 'DECLINED') ??
    invalidText('reason', reason, LIMITS.reason);
  if (refusal) return refusal;
  return decide({ state: 'DECLINED', decidedBy: acting.id }, [
    { kind: 'rollback-declined', reason: reason.trim(), at: now },
  ]);
}

/** The suspicion behind it was rejected; a rollback that runs already is not called back. */
export function withdraw(suggestion: RollbackSuggestion, now: Date): Decision<RollbackSuggestion, RollbackFact, never> {
  if (!canMove(ROLLBACK_LIFECYCLE, suggestion.state, 'WITHDRAWN')) return unchanged();
  return decide({ state: 'WITHDRAWN' }, [{ kind: 'rollback-withdrawn', at: now }]);
}

/** Nobody decided, and nobody needs to any more. */
export function expire(
  suggestion: RollbackSuggestion,
  reason: string,
  now: Date,
): Decision<RollbackSuggestion, RollbackFact, never> {
  if (!canMove(ROLLBACK_LIFECYCLE, suggestion.state, 'EXPIRED')) return unchanged();
  return decide({ state: 'EXPIRED' }, [{ kind: 'rollback-expired', reason, at: now }]);
}

/** The deployment of the rollback ended. Late and repeated reports change nothing. */
export function finish(
  suggestion: RollbackSuggestion,
  outcome: 'SUCCEEDED' | 'FAILED',
  now: Date,
): Decision<RollbackSuggestion, RollbackFact, never> {
  if (!canMove(ROLLBACK_LIFECYCLE, suggestion.state, outcome)) return unchanged();
  return decide({ state: outcome }, [
    { kind: outcome === 'SUCCEEDED' ? 'rollback-succeeded' : 'rollback-failed', at: now },
  ]);
}

function forbidsStep(suggestion: RollbackSuggestion, to: RollbackState): ReturnType<typeof invalidTransition> | null {
  if (canMove(ROLLBACK_LIFECYCLE, suggestion.state, to)) return null;
  return invalidTransition('the suggestion', suggestion.state, to, allowedMoves(ROLLBACK_LIFECYCLE, suggestion.state));
}

import {
  allowedMoves,
  asksFor,
  canMove,
  decide,
  refuse,
  unchanged,
  type Decision,
  type DueWork,
  type Lifecycle,
} from '@graphdesk/decisions';
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
  /** When it was suggested last; null for those from before suggestions ran out of time. */
  readonly suggestedAt: Date | null;
  /** Set once accepted: the change that takes the other one back, or tried to; the latest attempt. */
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
  | { readonly kind: 'rollback-declined'; readonly reason: string; readonly at: Date }
  /** `unanswered`: its time ran out; else nobody needs to decide any more. */
  | { readonly kind: 'rollback-expired'; readonly reason: string; readonly unanswered: boolean; readonly at: Date };

export type RollbackDecision = Decision<RollbackSuggestion, RollbackFact, ChangesRefusal>;

/** How long a suggestion waits for an answer, in minutes: as long as the policy calls a deployment fresh. */
export const ANSWER_WITHIN_MINUTES = 240;

/**
 * ACCEPTED lasts as long as the transaction that opens the rollback's change. After a failure the pipeline may try again and succeed, or a
 * person may accept once more, which is another attempt. What ran out of time is suggested again when the policy says so anew.
 */
export const ROLLBACK_LIFECYCLE: Lifecycle<RollbackState> = {
  SUGGESTED: ['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'],
  ACCEPTED: ['RUNNING'],
  RUNNING: ['SUCCEEDED', 'FAILED'],
  SUCCEEDED: [],
  FAILED: ['ACCEPTED', 'SUCCEEDED'],
  DECLINED: [],
  EXPIRED: ['SUGGESTED'],
  WITHDRAWN: [],
};

/** A suggestion as it begins. */
export function suggestRollback(id: string, suspected: SuspectedChange, reason: string, now: Date): RollbackSuggestion {
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
    suggestedAt: now,
    rollbackChangeId: null,
    decidedBy: null,
  };
}

/** The policy says it again about what ran out of time; any other suggestion stays as it is. */
export function renew(
  suggestion: RollbackSuggestion,
  reason: string,
  now: Date,
): Decision<RollbackSuggestion, RollbackFact, never> {
  if (!canMove(ROLLBACK_LIFECYCLE, suggestion.state, 'SUGGESTED')) return unchanged();
  return decide({ state: 'SUGGESTED', reason, suggestedAt: now }, [{ kind: 'rollback-suggested', at: now }]);
}

/** A person with emergency authority accepts: the rollback runs. `elsewhere`: the change is being taken back, or was, for another incident. */
export function accept(
  suggestion: RollbackSuggestion,
  rollback: { readonly changeId: string; readonly elsewhere: boolean; readonly incidentOver: boolean },
  acting: Acting,
  now: Date,
): RollbackDecision {
  const refusal = forbids('decide-rollback', acting) ?? forbidsStep(suggestion, 'ACCEPTED');
  if (refusal) return refusal;
  if (rollback.incidentOver) return refuse('INCIDENT_OVER', 'the incident that it would remedy is over');
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
  return decide({ state: 'EXPIRED' }, [{ kind: 'rollback-expired', reason, unanswered: false, at: now }]);
}

/** What an open suggestion waits for: an answer. */
export function rollbackWork({ state, suggestedAt }: RollbackSuggestion): readonly DueWork[] {
  if (state !== 'SUGGESTED' || suggestedAt === null) return [];
  return [{ kind: 'ANSWER', due: new Date(suggestedAt.getTime() + ANSWER_WITHIN_MINUTES * 60_000) }];
}

/** Nobody answered in time. */
export function runOut(
  suggestion: RollbackSuggestion,
  timer: DueWork,
  now: Date,
): Decision<RollbackSuggestion, RollbackFact, never> {
  if (!asksFor(rollbackWork(suggestion), timer)) return unchanged();
  const reason = `nobody answered within ${ANSWER_WITHIN_MINUTES} minutes`;
  return decide({ state: 'EXPIRED' }, [{ kind: 'rollback-expired', reason, unanswered: true, at: now }]);
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

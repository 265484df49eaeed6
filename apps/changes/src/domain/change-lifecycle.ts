import { allowedMoves, canMove, type Lifecycle } from '@graphdesk/decisions';
import type { ChangeKind, ChangeState } from './vocabulary.js';

const FROM_SCHEDULED_ON = {
  SCHEDULED: ['IMPLEMENT', 'CANCELED'],
  IMPLEMENT: ['REVIEW', 'CANCELED'],
  REVIEW: ['CLOSED'],
  CLOSED: [],
  CANCELED: [],
} as const;

/**
 * The three routes. Standard changes are authorised by their model, emergencies skip the assessment; a rejection leads back to NEW.
 * Before its review every change can be canceled. States off a kind's route have no way on.
 */
export const CHANGE_LIFECYCLES: Readonly<Record<ChangeKind, Lifecycle<ChangeState>>> = {
  STANDARD: { NEW: ['SCHEDULED', 'CANCELED'], ASSESS: [], AUTHORIZE: [], ...FROM_SCHEDULED_ON },
  NORMAL: {
    NEW: ['ASSESS', 'CANCELED'],
    ASSESS: ['AUTHORIZE', 'NEW', 'CANCELED'],
    AUTHORIZE: ['SCHEDULED', 'NEW', 'CANCELED'],
    ...FROM_SCHEDULED_ON,
  },
  EMERGENCY: {
    NEW: ['AUTHORIZE', 'CANCELED'],
    ASSESS: [],
    AUTHORIZE: ['SCHEDULED', 'NEW', 'CANCELED'],
    ...FROM_SCHEDULED_ON,
  },
};

interface OnRoute {
  readonly kind: ChangeKind;
  readonly state: ChangeState;
}

/** The states that may follow. */
export function allowedTransitions(change: OnRoute): readonly ChangeState[] {
  return allowedMoves(CHANGE_LIFECYCLES[change.kind], change.state);
}

/** Whether the change's route has this step. */
export function mayBecome(change: OnRoute, state: ChangeState): boolean {
  return canMove(CHANGE_LIFECYCLES[change.kind], change.state, state);
}

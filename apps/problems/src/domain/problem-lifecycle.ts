import type { Lifecycle } from '@graphdesk/decisions';
import type { ProblemState, ResolutionCode } from './vocabulary.js';

/** From each state, the states that may follow. RESOLVED goes back when the fix did not help. */
export const PROBLEM_LIFECYCLE = {
  NEW: ['ASSESS'],
  ASSESS: ['ROOT_CAUSE_ANALYSIS', 'CLOSED'],
  ROOT_CAUSE_ANALYSIS: ['FIX_IN_PROGRESS', 'CLOSED'],
  FIX_IN_PROGRESS: ['RESOLVED', 'CLOSED'],
  RESOLVED: ['FIX_IN_PROGRESS', 'CLOSED'],
  CLOSED: [],
} as const satisfies Lifecycle<ProblemState>;

/** How a problem may end, by the state it is closed from: an end before the cause is known is none of its own. */
export const CODES_BY_STATE: Readonly<Record<ProblemState, readonly ResolutionCode[]>> = {
  NEW: [],
  ASSESS: ['DUPLICATE', 'CANCELED'],
  ROOT_CAUSE_ANALYSIS: ['RISK_ACCEPTED'],
  FIX_IN_PROGRESS: ['RISK_ACCEPTED'],
  RESOLVED: ['FIX_APPLIED'],
  CLOSED: [],
};

import type { Lifecycle } from '@graphdesk/decisions';
import type { UpdateState } from './vocabulary.js';

/** From each state, the states that may follow. What was sent stays sent; it is corrected by another update. */
export const UPDATE_LIFECYCLE = {
  DRAFT: ['APPROVED', 'DISCARDED'],
  APPROVED: ['SENT', 'DISCARDED'],
  SENT: [],
  DISCARDED: [],
} as const satisfies Lifecycle<UpdateState>;

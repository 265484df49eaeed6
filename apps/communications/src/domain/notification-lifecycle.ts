import type { Lifecycle } from '@graphdesk/decisions';
import type { NotificationState } from './vocabulary.js';

/**
 * From each state, the states that may follow; never backwards. CLAIMED lasts over all tries. A channel that hears of the arrival
 * moves on to DELIVERED; e-mail does not hear of it.
 */
export const NOTIFICATION_LIFECYCLE = {
  PENDING: ['CLAIMED', 'FAILED'],
  CLAIMED: ['SENT', 'FAILED'],
  SENT: ['DELIVERED', 'FAILED'],
  DELIVERED: [],
  FAILED: [],
} as const satisfies Lifecycle<NotificationState>;

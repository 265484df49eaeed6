import type { Lifecycle } from '@graphdesk/decisions';

/** Where an action item stands. */
export const ACTION_ITEM_STATES = ['OPEN', 'DONE', 'DROPPED'] as const;
export type ActionItemState = (typeof ACTION_ITEM_STATES)[number];

/** From each state, the states that may follow. What comes up again is another item. */
export const ACTION_ITEM_LIFECYCLE = {
  OPEN: ['DONE', 'DROPPED'],
  DONE: [],
  DROPPED: [],
} as const satisfies Lifecycle<ActionItemState>;

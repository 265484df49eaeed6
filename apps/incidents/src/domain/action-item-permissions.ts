import { refuse, type Refused } from '@graphdesk/decisions';
import type { ActionItem } from './action-item.js';
import type { Acting } from './incident.js';
import { HANDLERS } from './incident-permissions.js';
import type { IncidentRefusal } from './incident-refusals.js';
import { visibilityOf } from './visibility.js';

/** Who may do what. `owner` stands for the person who answers for the item, whatever their roles. */
export const ACTION_ITEM_PERMISSIONS = {
  add: HANDLERS,
  complete: [...HANDLERS, 'owner'],
  drop: HANDLERS,
  reschedule: HANDLERS,
} as const satisfies Record<string, readonly string[]>;
export type ActionItemAct = keyof typeof ACTION_ITEM_PERMISSIONS;

/** The refusal if the table says no, else null. */
export function notAllowed(
  acting: Acting,
  act: ActionItemAct,
  item?: Pick<ActionItem, 'ownerId'>,
): Refused<IncidentRefusal> | null {
  const allowed: readonly string[] = ACTION_ITEM_PERMISSIONS[act];
  const standing = item?.ownerId === acting.id ? [...acting.roles, 'owner'] : acting.roles;
  if (standing.some((role) => allowed.includes(role))) return null;
  return refuse('NOT_ALLOWED', `Your roles do not allow this act: ${act}.`);
}

/** Which action items an actor sees: all of them, if all incidents are theirs to see, else those that they answer for. */
export function actionItemsSeenBy(viewer: Acting): 'ALL' | 'OWN' {
  return visibilityOf(viewer).kind === 'ALL' ? 'ALL' : 'OWN';
}

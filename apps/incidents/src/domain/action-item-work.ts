import { asksFor, decide, unchanged, type Accepted, type DueWork } from '@graphdesk/decisions';
import type { ActionItem, ActionItemFact } from './action-item.js';

/** Who notices that something is overdue, whoever happens to touch the item then. */
const ITSELF = 'system:incidents';

/** What an open action item has to do by itself: say that it is overdue, once per due time. */
export function actionItemWork(item: ActionItem): readonly DueWork[] {
  return item.state === 'OPEN' && !item.overdueSince ? [{ kind: 'OVERDUE', due: item.dueAt }] : [];
}

/** The moment of {@link actionItemWork} has come. Nothing happens when it was done, dropped or rescheduled meanwhile. */
export function noteOverdue(item: ActionItem, timer: DueWork, now: Date): Accepted<ActionItem, ActionItemFact> {
  if (!asksFor(actionItemWork(item), timer)) return unchanged();
  return decide<ActionItem, ActionItemFact>({ overdueSince: item.dueAt }, [overdue(item, now)]);
}

/**
 * What is on record of an open item's delay once somebody acts on it: its timer may not have fired yet (an outage), and would find
 * nothing open any more.
 */
export function overdueBy(
  item: ActionItem,
  now: Date,
): { readonly overdueSince: Date | null; readonly facts: readonly ActionItemFact[] } {
  if (item.overdueSince || now <= item.dueAt) return { overdueSince: item.overdueSince, facts: [] };
  return { overdueSince: item.dueAt, facts: [overdue(item, now)] };
}

const overdue = ({ ownerId, dueAt }: ActionItem, now: Date): ActionItemFact => ({
  kind: 'action-item-overdue',
  ownerId,
  dueAt,
  at: now,
  actorId: ITSELF,
});

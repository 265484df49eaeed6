import { allowedMoves, decide, refuse, unchanged, type Refused } from '@graphdesk/decisions';
import { ACTION_ITEM_LIFECYCLE, type ActionItemState } from './action-item-lifecycle.js';
import { notAllowed } from './action-item-permissions.js';
import { overdueBy } from './action-item-work.js';
import type { ActionItem, ActionItemDecision, NewActionItem } from './action-item.js';
import type { Acting } from './incident.js';
import { invalidText, type IncidentRefusal } from './incident-refusals.js';
import { REASON_LIMIT } from './ownership.js';
import { TITLE_LIMIT } from './report.js';

/** How far ahead something may be due, in days: what lies further is a slip of the pen. */
export const DUE_LIMIT_DAYS = 3_650;

const DAY_MS = 86_400_000;

/** What is to be done, by whom, until when. */
export interface Assignment {
  readonly incidentId: string;
  readonly title: string;
  readonly ownerId: string;
  readonly dueAt: Date;
}

/** Somebody gets something to do, whatever the state of the incident. `changes` holds all of it. */
export function add(assignment: Assignment, acting: Acting, now: Date): ActionItemDecision {
  const { dueAt } = assignment;
  const refusal =
    notAllowed(acting, 'add') ?? invalidText('title', assignment.title, TITLE_LIMIT) ?? invalidDueTime(dueAt, now);
  if (refusal) return refusal;
  const told = { ...assignment, title: assignment.title.trim() };
  const item: NewActionItem = {
    ...told,
    state: 'OPEN',
    overdueSince: null,
    addedAt: now,
    addedBy: acting.id,
    completedAt: null,
    completedBy: null,
    droppedAt: null,
    dropReason: null,
  };
  return decide(item, [{ kind: 'action-item-added', ...told, at: now }]);
}

/** It is done. Its owner may say so without any role. */
export function complete(item: ActionItem, acting: Acting, now: Date): ActionItemDecision {
  const refusal = notAllowed(acting, 'complete', item) ?? notOpen(item, 'completed');
  if (refusal) return refusal;
  const { overdueSince, facts } = overdueBy(item, now);
  return decide({ state: 'DONE', overdueSince, completedAt: now, completedBy: acting.id }, [
    ...facts,
    { kind: 'action-item-completed', completedBy: acting.id, at: now },
  ]);
}

/** It will not be done, with a reason. */
export function drop(item: ActionItem, reason: string, acting: Acting, now: Date): ActionItemDecision {
  const refusal = notAllowed(acting, 'drop') ?? notOpen(item, 'dropped') ?? invalidText('reason', reason, REASON_LIMIT);
  if (refusal) return refusal;
  const { overdueSince, facts } = overdueBy(item, now);
  return decide({ state: 'DROPPED', overdueSince, droppedAt: now, dropReason: reason.trim() }, [
    ...facts,
    { kind: 'action-item-dropped', reason: reason.trim(), at: now },
  ]);
}

/** It is due at another time, with a reason. That it was overdue stays on the timeline; it may become so anew. */
export function reschedule(
  item: ActionItem,
  move: { readonly dueAt: Date; readonly reason: string },
  acting: Acting,
  now: Date,
): ActionItemDecision {
  const { dueAt, reason } = move;
  const refusal =
    notAllowed(acting, 'reschedule') ??
    notOpen(item, 'rescheduled') ??
    invalidText('reason', reason, REASON_LIMIT) ??
    invalidDueTime(dueAt, now);
  if (refusal) return refusal;
  if (dueAt.getTime() === item.dueAt.getTime()) return unchanged();
  return decide({ dueAt, overdueSince: null }, [
    ...overdueBy(item, now).facts,
    { kind: 'action-item-rescheduled', dueAt, previousDueAt: item.dueAt, reason: reason.trim(), at: now },
  ]);
}

function notOpen(item: ActionItem, act: string): Refused<IncidentRefusal> | null {
  if (item.state === 'OPEN') return null;
  return refuse('INVALID_TRANSITION', `An action item that is ${item.state} cannot be ${act}.`, {
    from: item.state,
    allowed: [...allowedMoves<ActionItemState>(ACTION_ITEM_LIFECYCLE, item.state)],
  });
}

function invalidDueTime(dueAt: Date, now: Date): Refused<IncidentRefusal> | null {
  if (dueAt <= now) return refuse('INVALID_INPUT', 'dueAt is not in the future.', { path: ['dueAt'] });
  if (dueAt.getTime() - now.getTime() <= DUE_LIMIT_DAYS * DAY_MS) return null;
  return refuse('INVALID_INPUT', `dueAt lies more than ${DUE_LIMIT_DAYS} days ahead.`, { path: ['dueAt'] });
}

import type { ActionItem } from '../src/domain/action-item.js';
import { minutesFromNow } from './an-incident.js';

/** An open action item, due in an hour; a spec states what matters. */
export function anActionItem(but: Partial<ActionItem> = {}): ActionItem {
  const state = but.state ?? 'OPEN';
  return {
    id: 'act_1',
    incidentId: 'inc_1',
    title: 'Alert on the depth of the queue',
    state,
    ownerId: 'per_owner',
    dueAt: minutesFromNow(60),
    overdueSince: null,
    addedAt: minutesFromNow(-60),
    addedBy: 'per_responder',
    completedAt: state === 'DONE' ? minutesFromNow(-5) : null,
    completedBy: state === 'DONE' ? 'per_owner' : null,
    droppedAt: state === 'DROPPED' ? minutesFromNow(-5) : null,
    dropReason: state === 'DROPPED' ? 'the queue is gone' : null,
    version: 1,
    ...but,
  };
}

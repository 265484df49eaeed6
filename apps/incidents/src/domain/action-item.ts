import type { Decision } from '@graphdesk/decisions';
import type { ActionItemState } from './action-item-lifecycle.js';
import type { IncidentRefusal } from './incident-refusals.js';

/** What is to be done because of an incident, so that it does not come back. It outlives the incident. */
export interface ActionItem {
  readonly id: string;
  readonly incidentId: string;
  /** What is to be done, in one line. */
  readonly title: string;
  readonly state: ActionItemState;
  /** The one person who answers for it. */
  readonly ownerId: string;
  readonly dueAt: Date;
  /** The due time that passed while it was open; null when none did, and again once it is rescheduled. */
  readonly overdueSince: Date | null;
  readonly addedAt: Date;
  readonly addedBy: string;
  readonly completedAt: Date | null;
  readonly completedBy: string | null;
  readonly droppedAt: Date | null;
  /** Why it will not be done; set exactly while the state is DROPPED. */
  readonly dropReason: string | null;
  /** How many events it has published: 1, 2, 3 … */
  readonly version: number;
}

/** What can happen to an action item; each fact becomes one event, one version and one entry of its timeline. */
export type ActionItemFact = {
  /** Who did it, when that is not who makes the change. */
  readonly actorId?: string;
  readonly at: Date;
} & (
  | {
      readonly kind: 'action-item-added';
      readonly incidentId: string;
      readonly title: string;
      readonly ownerId: string;
      readonly dueAt: Date;
    }
  | { readonly kind: 'action-item-completed'; readonly completedBy: string }
  | { readonly kind: 'action-item-dropped'; readonly reason: string }
  | {
      readonly kind: 'action-item-rescheduled';
      readonly dueAt: Date;
      readonly previousDueAt: Date;
      readonly reason: string;
    }
  | { readonly kind: 'action-item-overdue'; readonly ownerId: string; readonly dueAt: Date }
);

/** Everything of a new action item but its id and version, which are given when it is stored. */
export type NewActionItem = Omit<ActionItem, 'id' | 'version'>;

/** The answer of every rule about an action item. */
export type ActionItemDecision = Decision<ActionItem, ActionItemFact, IncidentRefusal>;

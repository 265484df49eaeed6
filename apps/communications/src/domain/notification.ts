import type { DueWork } from '@graphdesk/decisions';
import type { NotificationFact } from './notification-facts.js';
import type { ChannelKind, NotificationState } from './vocabulary.js';

/** One update on its way to one recipient by one channel. */
export interface Notification {
  readonly id: string;
  readonly updateId: string;
  readonly subscriberId: string;
  readonly channel: ChannelKind;
  /** Follows from tenant, update, recipient and channel, so there is one notification of these; every try carries it. */
  readonly key: string;
  readonly state: NotificationState;
  /** How many tries have begun. */
  readonly tries: number;
  /** Whether a process holds it now: then `dueAt` is the end of its lease, else the time of the next try. */
  readonly underway: boolean;
  /** Rises with each claim: what a process says about an earlier one counts no more. */
  readonly fencing: number;
  /** When somebody must look at it next; null when it is over. */
  readonly dueAt: Date | null;
  /** A try ended unknown and another was begun: the recipient may have it twice. */
  readonly mayBeRepeated: boolean;
  /** Why the last try failed: one line, without addresses. */
  readonly lastError: string | null;
  readonly queuedAt: Date;
  readonly sentAt: Date | null;
  /** How many events it has published: 1, 2, 3 … */
  readonly version: number;
}

/** The kind of due work that a notification asks for. */
export const DELIVER = 'DELIVER';

/** What a notification asks to be done: a try, or a look at what became of one. */
export function dueWorkOf({ dueAt }: Pick<Notification, 'dueAt'>): readonly DueWork[] {
  return dueAt === null ? [] : [{ kind: DELIVER, due: dueAt }];
}

/** What it is made from. */
export type NewNotification = Pick<Notification, 'id' | 'updateId' | 'subscriberId' | 'channel' | 'key'>;

/** A notification at birth, due at once, with what happened. */
export function queueNotification(
  made: NewNotification,
  now: Date,
): { readonly notification: Omit<Notification, 'version'>; readonly facts: readonly NotificationFact[] } {
  const untried = { state: 'PENDING', tries: 0, underway: false, fencing: 0, mayBeRepeated: false } as const;
  const notification = { ...made, ...untried, dueAt: now, lastError: null, queuedAt: now, sentAt: null };
  return { notification, facts: [{ kind: 'notification-queued', at: now }] };
}

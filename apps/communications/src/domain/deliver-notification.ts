import { decide, unchanged, type Decision } from '@graphdesk/decisions';
import type { DeliveryOutcome } from './delivery-outcome.js';
import type { Notification } from './notification.js';
import type { NotificationFact } from './notification-facts.js';

/** Waits after a failed try, in minutes, by the number of tries so far: 5 tries within an hour, at 0, 1, 6, 21 and 60 minutes. */
export const RETRY_MINUTES = [1, 5, 15, 39] as const;
export const TRIES = RETRY_MINUTES.length + 1;

/** Why nothing is sent to who is a subscriber no more. */
export const RECIPIENT_GONE = 'the recipient was taken off the list';

const MINUTE_MS = 60_000;

/** The answer of every rule about a notification; the engine is refused nothing. */
export type NotificationDecision = Decision<Notification, NotificationFact, never>;

/**
 * Begins a try, or gives up: when the recipient is `gone`, or when the last try ended unknown. A notification that is held already
 * comes here only when that lease is over: whoever held it died, or hangs, and may have sent it.
 */
export function claimNotification(
  notification: Notification,
  recipient: 'known' | 'gone',
  now: Date,
  leaseMs: number,
): NotificationDecision {
  const { tries, underway } = notification;
  if (notification.dueAt === null) return unchanged();
  if (recipient === 'gone') return fail(RECIPIENT_GONE, now);
  if (tries >= TRIES) return fail('no answer to the last try; it may have arrived', now);
  const leaseUntil = new Date(now.getTime() + leaseMs);
  const claimed = { state: 'CLAIMED', underway: true, tries: tries + 1, fencing: notification.fencing + 1 } as const;
  const mayBeRepeated = notification.mayBeRepeated || underway;
  return decide({ ...claimed, mayBeRepeated, dueAt: leaseUntil }, [
    { kind: 'notification-claimed', leaseUntil, at: now },
  ]);
}

/** Records how a try ended. Nothing happens when the claim that it belongs to (`fencing`) stands no more. */
export function recordOutcome(
  notification: Notification,
  fencing: number,
  outcome: DeliveryOutcome,
  now: Date,
): NotificationDecision {
  const { tries, underway } = notification;
  if (!underway || notification.fencing !== fencing) return unchanged();
  switch (outcome.kind) {
    case 'ACCEPTED':
      return decide({ state: 'SENT', underway: false, dueAt: null, lastError: null, sentAt: now }, [
        { kind: 'notification-sent', at: now },
      ]);
    case 'PERMANENT':
      return fail(outcome.reason, now);
    case 'NOT_TRIED':
      return defer({ tries: tries - 1 }, outcome.reason, now, now);
    case 'TEMPORARY': {
      const minutes = RETRY_MINUTES[tries - 1];
      if (minutes === undefined) return fail(outcome.reason, now);
      const mayBeRepeated = notification.mayBeRepeated || outcome.mayHaveArrived;
      return defer({ mayBeRepeated }, outcome.reason, new Date(now.getTime() + minutes * MINUTE_MS), now);
    }
  }
}

function defer(changes: Partial<Notification>, reason: string, nextTryAt: Date, now: Date): NotificationDecision {
  return decide({ ...changes, underway: false, dueAt: nextTryAt, lastError: reason }, [
    { kind: 'notification-deferred', reason, nextTryAt, at: now },
  ]);
}

function fail(reason: string, now: Date): NotificationDecision {
  return decide({ state: 'FAILED', underway: false, dueAt: null, lastError: reason }, [
    { kind: 'notification-failed', reason, at: now },
  ]);
}

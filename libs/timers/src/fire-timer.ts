import type { TenantDatabase } from '@graphdesk/database';
import { withCause, withinLimit } from '@graphdesk/messaging';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { finish, stands, type ClaimedTimer } from './timer-store.js';

/**
 * What to do after the commit, outside any transaction and under the same cause: for example to send what was claimed. It may be
 * lost in a crash.
 */
export type AfterCommit = () => Promise<void>;

/**
 * What a service does when one kind of work is due. `fire` runs in the transaction that takes the timer away; it locks the
 * aggregate, asks whether the state still asks for this work (`asksFor`), and changes it. The next timer follows from the new state.
 */
export interface TimerHandler {
  readonly kind: string;
  readonly fire: (timer: ClaimedTimer, tx: EntityManager) => Promise<AfterCommit | null | void>;
}

/** A class that handles due work: which kinds, as a list. */
export interface HandlesTimers {
  readonly timers: readonly TimerHandler[];
}

/** A firing that takes longer has failed, in milliseconds; less than the lease of its claim. */
export const FIRING_LIMIT_MS = 7_000;

/** Places between two steps, where tests let a worker die. */
export type FiringStep = 'timers.after-claim' | 'timers.before-commit' | 'timers.after-commit';

/**
 * Fires a claimed timer: effect, events, next timer and the end of this one are one transaction. A claim that does not stand any
 * more has no effect. Returns what is left to do after the commit.
 */
export async function fireTimer(
  database: TenantDatabase,
  handler: TimerHandler,
  timer: ClaimedTimer,
  passing: (step: FiringStep) => void,
  limitMs = FIRING_LIMIT_MS,
): Promise<AfterCommit | null> {
  passing('timers.after-claim');
  const cause = { correlationId: randomUUID() };
  const after = await withCause(cause, () =>
    database.transaction(timer.tenantId, async (tx) => {
      if (!(await stands(tx, timer))) return null;
      const left = await withinLimit(tx, limitMs, () => handler.fire(timer, tx));
      await finish(tx, timer);
      passing('timers.before-commit');
      return left;
    }),
  );
  passing('timers.after-commit');
  return typeof after === 'function' ? () => withCause(cause, after) : null;
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NOW } from '../../test/an-update.js';
import { claimNotification, recordOutcome, RETRY_MINUTES, TRIES } from './deliver-notification.js';
import type { DeliveryOutcome } from './delivery-outcome.js';
import { dueWorkOf, queueNotification, type Notification } from './notification.js';
import { NOTIFICATION_LIFECYCLE } from './notification-lifecycle.js';

const LEASE_MS = 120_000;
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const busy: DeliveryOutcome = { kind: 'TEMPORARY', reason: '450 busy', mayHaveArrived: false };

const made = { id: 'ntf_1', updateId: 'upd_1', subscriberId: 'sub_1', channel: 'EMAIL', key: 'k' } as const;
const queued: Notification = { ...queueNotification(made, NOW).notification, version: 1 };

function after(notification: Notification, decision: ReturnType<typeof claimNotification>): Notification {
  if (!decision.ok) throw new Error('the engine is refused nothing');
  return { ...notification, ...decision.changes, version: notification.version + decision.facts.length };
}

const claim = (notification: Notification, now = NOW): Notification =>
  after(notification, claimNotification(notification, 'known', now, LEASE_MS));
const record = (notification: Notification, outcome: DeliveryOutcome, now = NOW): Notification =>
  after(notification, recordOutcome(notification, notification.fencing, outcome, now));

describe('a notification', () => {
  it('is due at once, is held for the time of a lease, and asks for nothing once it is sent', () => {
    expect(dueWorkOf(queued)).toEqual([{ kind: 'DELIVER', due: NOW }]);
    const claimed = claim(queued);
    expect(claimed).toMatchObject({ state: 'CLAIMED', tries: 1, fencing: 1, mayBeRepeated: false });
    expect(dueWorkOf(claimed)).toEqual([{ kind: 'DELIVER', due: later(LEASE_MS) }]);
    const sent = record(claimed, { kind: 'ACCEPTED' });
    expect(sent).toMatchObject({ state: 'SENT', sentAt: NOW, mayBeRepeated: false, version: 3 });
    expect(dueWorkOf(sent)).toEqual([]);
  });

  it('whose holder died is claimed again, and says that it may be repeated', () => {
    const again = claim(claim(queued), later(LEASE_MS));
    expect(again).toMatchObject({ state: 'CLAIMED', tries: 2, fencing: 2, mayBeRepeated: true });
  });

  it('takes no word of a holder whose claim is over', () => {
    const first = claim(queued);
    const second = claim(first, later(LEASE_MS));
    expect(recordOutcome(second, first.fencing, { kind: 'ACCEPTED' }, NOW)).toEqual({
      ok: true,
      changes: {},
      facts: [],
    });
  });

  it('is tried 5 times within an hour, at 0, 1, 6, 21 and 60 minutes, and then given up', () => {
    let notification = queued;
    const at: number[] = [];
    while (notification.dueAt) {
      at.push((notification.dueAt.getTime() - NOW.getTime()) / 60_000);
      notification = record(claim(notification, notification.dueAt), busy, notification.dueAt);
    }
    expect(at).toEqual([0, 1, 6, 21, 60]);
    expect(notification).toMatchObject({ state: 'FAILED', tries: TRIES, lastError: '450 busy', mayBeRepeated: false });
  });

  it('whose last try ended unknown is given up when the lease is over, without another try', () => {
    const last = claim({ ...queued, tries: TRIES - 1, fencing: TRIES - 1 });
    expect(claim(last, later(LEASE_MS))).toMatchObject({ state: 'FAILED', tries: TRIES, dueAt: null });
  });

  it.each<[string, DeliveryOutcome, Partial<Notification>]>([
    [
      'a refusal for good',
      { kind: 'PERMANENT', reason: '550 no' },
      { state: 'FAILED', dueAt: null, lastError: '550 no' },
    ],
    ['a lost line', { ...busy, mayHaveArrived: true }, { state: 'CLAIMED', mayBeRepeated: true, dueAt: later(60_000) }],
    ['no try at all', { kind: 'NOT_TRIED', reason: 'stopping' }, { tries: 0, dueAt: NOW, mayBeRepeated: false }],
  ])('after %s', (_name, outcome, expected) => {
    expect(record(claim(queued), outcome)).toMatchObject({ underway: false, ...expected });
  });

  it('to somebody who was taken off the list meanwhile is not tried', () => {
    expect(after(queued, claimNotification(queued, 'gone', NOW, LEASE_MS))).toMatchObject({
      state: 'FAILED',
      tries: 0,
    });
  });

  it('whatever happens: states never go back, tries are bounded, and it either asks for work or is over', () => {
    const kinds = ['crash', 'ACCEPTED', 'TEMPORARY', 'PERMANENT', 'NOT_TRIED'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 12 }), (ends) => {
        let notification = queued;
        for (const end of ends) {
          const before = notification;
          notification = claim(notification, notification.dueAt ?? NOW);
          if (end !== 'crash') notification = record(notification, { kind: end, reason: 'r', mayHaveArrived: true });
          const states: readonly string[] = [before.state, ...reachable(before.state)];
          expect(states).toContain(notification.state);
          expect(notification.tries).toBeLessThanOrEqual(RETRY_MINUTES.length + 1);
          expect(notification.fencing).toBeGreaterThanOrEqual(before.fencing);
          expect(dueWorkOf(notification)).toHaveLength(['SENT', 'FAILED'].includes(notification.state) ? 0 : 1);
        }
      }),
    );
  });
});

function reachable(state: Notification['state']): string[] {
  return NOTIFICATION_LIFECYCLE[state].flatMap((next) => [next, ...reachable(next)]);
}

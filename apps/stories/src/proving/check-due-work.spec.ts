import { describe, expect, it } from '@jest/globals';
import { aHistory, EVENTS, withEvents } from './a-history.js';
import { checkDueWork } from './check-due-work.js';
import type { Books } from './history.js';

const { ACKNOWLEDGED, OWN_STARTED } = EVENTS;

/** Action items and clocks that something became of because a moment had come. */
const ITEM = { service: 'incidents', aggregateType: 'action-item', aggregateId: 'act_1' };
const ofItem = (version: number, name: string, dueAt = '11:00'): Books['outbox'][number] => ({
  ...{ ...ACKNOWLEDGED, ...ITEM, id: `evt_act_${version}`, name: `action-item-${name}`, version },
  ...{ correlationId: 'op_3', actorId: 'system:incidents', data: { dueAt: `2026-01-05T${dueAt}:00.000Z` } },
});
const ofClock = (version: number, name: string, data: object): Books['outbox'][number] => ({
  ...{ ...OWN_STARTED, id: `evt_clk_${version}`, aggregateId: 'clk_9', name: `sla-clock-${name}`, version },
  ...{ data: { targetMinutes: 60, ...data } },
});
const at = (clock: string): string => `2026-01-05T${clock}:00.000Z`;
const LATE = ofClock(1, 'started', { startedAt: at('10:30') });
const [AT_RISK, BREACHED] = [ofClock(2, 'at-risk', {}), ofClock(3, 'breached', {})];
const dueWork = (...events: readonly Books['outbox'][number][]): readonly string[] =>
  checkDueWork(aHistory({ books: withEvents(...events) })).map(({ invariant, what }) => `${invariant} ${what}`);

describe('what time causes', () => {
  it.each<[string, Books['outbox']]>([
    ['an item that is overdue', [ofItem(1, 'added'), ofItem(2, 'overdue')]],
    ['one that is not due yet', [ofItem(1, 'added', '13:00')]],
    ['one that was done', [ofItem(1, 'added'), ofItem(2, 'completed')]],
    [
      'one that is overdue twice, since it was put off',
      [ofItem(1, 'added'), ofItem(2, 'overdue'), ofItem(3, 'rescheduled', '11:30'), ofItem(4, 'overdue', '11:30')],
    ],
    ['a clock that breached', [LATE, AT_RISK, BREACHED]],
    ['one that was stopped', [LATE, ofClock(2, 'stopped', { stoppedAt: at('10:31') })]],
    [
      'one that stood still for most of the time',
      [
        LATE,
        ofClock(2, 'paused', { pausedAt: at('10:31') }),
        ofClock(3, 'resumed', { resumedAt: at('11:50'), gapCounted: false }),
      ],
    ],
    [
      'one that breached two targets',
      [
        LATE,
        AT_RISK,
        BREACHED,
        ofClock(4, 'retargeted', { targetMinutes: 30 }),
        ofClock(5, 'at-risk', {}),
        ofClock(6, 'breached', {}),
      ],
    ],
  ])('accepts %s', (_case, events) => {
    expect(dueWork(...events)).toEqual([]);
  });

  it.each<[string, Books['outbox'], string]>([
    ['an item that is overdue and nobody says so', [ofItem(1, 'added')], 'action-item-overdue came 0'],
    [
      'the second due time of one that was put off',
      [ofItem(1, 'added'), ofItem(2, 'overdue'), ofItem(3, 'rescheduled', '11:30')],
      'action-item-overdue came 0',
    ],
    [
      'an item that is overdue twice',
      [ofItem(1, 'added'), ofItem(2, 'overdue'), ofItem(3, 'overdue')],
      'action-item-overdue came 2',
    ],
    ['a breach twice', [LATE, AT_RISK, BREACHED, ofClock(4, 'breached', {})], 'sla-clock-breached came 2'],
    ['a breach that never came', [LATE, AT_RISK], 'sla-clock-breached came 0'],
    [
      'a warning twice',
      [LATE, AT_RISK, ofClock(3, 'at-risk', {}), ofClock(4, 'breached', {})],
      'sla-clock-at-risk came 2',
    ],
    ['a warning that never came', [LATE, ofClock(2, 'breached', {})], 'sla-clock-at-risk came 0'],
    [
      'a warning that a counted gap asks for',
      [
        LATE,
        ofClock(2, 'stopped', { stoppedAt: at('10:31') }),
        ofClock(3, 'resumed', { resumedAt: at('11:20'), gapCounted: true }),
        ofClock(4, 'breached', {}),
      ],
      'sla-clock-at-risk came 0',
    ],
  ])('reports %s', (_case, events, what) => {
    expect(dueWork(...events)).toEqual([`I5 ${what} times of one moment`]);
  });
});

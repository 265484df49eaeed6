import { describe, expect, it } from '@jest/globals';
import { ACKNOWLEDGE, aHistory, EVENTS, INCIDENT, REPORT, withEvents } from './a-history.js';
import { check } from './checker.js';
import type { History } from './history.js';

const { REPORTED, ACKNOWLEDGED, OWN_STARTED, DRAFTED } = EVENTS;
const { books: good } = aHistory();

const found = (history: History): readonly string[] =>
  check(history).map(({ invariant, what }) => `${invariant} ${what}`);

describe('the checker', () => {
  it('finds nothing in a history in which nothing is wrong', () => {
    expect(found(aHistory())).toEqual([]);
  });

  it('accepts that an operation of unknown outcome had its effect, and that it had none', () => {
    const unknown = { ...ACKNOWLEDGE, outcome: 'unknown', answered: null } as const;
    const never = { ...unknown, id: 'op_9', outcome: null } as const;
    expect(found(aHistory({ operations: [REPORT, unknown, never] }))).toEqual([]);
  });

  it('accepts an acknowledgement without an event when the same was asked for before with an unknown outcome', () => {
    const unknown = { ...ACKNOWLEDGE, outcome: 'unknown', answered: null } as const;
    const again = { ...ACKNOWLEDGE, id: 'op_3' };
    expect(found(aHistory({ operations: [REPORT, unknown, again] }))).toEqual([]);
  });

  it('accepts an acknowledgement without an event when somebody else had just done the same', () => {
    expect(found(aHistory({ operations: [REPORT, ACKNOWLEDGE, { ...ACKNOWLEDGE, id: 'op_3' }] }))).toEqual([]);
  });

  it('accepts what a service does by itself because a moment has come, and not the same of a person', () => {
    const breached = { ...OWN_STARTED, id: 'evt_5', name: 'sla-clock-breached', version: 2, correlationId: 'a moment' };
    const uncaused = { ...breached, causationId: null, actorId: 'system:sla' };
    const rows = good.rows.map((row) => (row.id === 'clk_1' ? { ...row, version: 2 } : row));
    expect(found(aHistory({ books: { ...withEvents(uncaused), rows } }))).toEqual([]);
    expect(found(aHistory({ books: { ...withEvents({ ...uncaused, actorId: 'per_1' }), rows } }))).toEqual([
      'I2 nobody asked for sla-clock-breached',
    ]);
  });

  it('accepts that the relay publishes again what is in the stream, and that a subscriber then hears it again', () => {
    const { received } = aHistory().subscribers[0] ?? { received: [] };
    const books = { stream: [...good.stream, 'evt_1', 'evt_2'] };
    expect(found(aHistory({ books, journal: { received: [...received, ...received] } }))).toEqual([]);
  });

  it.each<[string, History, string]>([
    [
      'an acknowledged operation without its event',
      aHistory({
        operations: [REPORT, ACKNOWLEDGE, { ...REPORT, id: 'op_3', answered: { id: 'inc_2', revision: 1 } }],
      }),
      'I1 reportIncident was acknowledged and has no event',
    ],
    [
      'an acknowledged repeat without its event, though much came in between',
      aHistory({
        operations: [REPORT, ACKNOWLEDGE, { ...ACKNOWLEDGE, id: 'op_3', answered: { id: INCIDENT, revision: 4 } }],
      }),
      'I1 acknowledgeIncident was acknowledged and has no event',
    ],
    [
      'an answer that is behind its own operation',
      aHistory({ operations: [REPORT, { ...ACKNOWLEDGE, answered: { id: INCIDENT, revision: 1 } }] }),
      'I1 acknowledgeIncident was answered with a revision before its own',
    ],
    [
      'a graph that forgot',
      aHistory({ books: { answers: [{ id: INCIDENT, revision: 1 }] } }),
      'I1 the graph answers revision 1 and 2 was written',
    ],
    ['an event that nobody asked for', aHistory({ operations: [REPORT] }), 'I2 nobody asked for incident-acknowledged'],
    [
      'an effect of what was refused',
      aHistory({ operations: [REPORT, { ...ACKNOWLEDGE, outcome: 'refused', answered: null, code: 'NOT_ALLOWED' }] }),
      'I2 acknowledgeIncident was refused (NOT_ALLOWED) and has an effect',
    ],
    [
      'a cause that never was',
      aHistory({ books: { outbox: good.outbox.map((e) => (e === DRAFTED ? { ...e, causationId: 'evt_0' } : e)) } }),
      'I2 update-drafted names a cause that never was',
    ],
    [
      'an inbox row for nothing',
      aHistory({ books: { inbox: [...good.inbox, { consumer: 'sla:incidents.incident', eventId: 'evt_0' }] } }),
      'I2 sla:incidents.incident has applied what nobody published',
    ],
    [
      'a row without events',
      aHistory({ books: { rows: [...good.rows, { table: 'problems.problem', id: 'prb_1', version: 1 }] } }),
      'I2 a row of problems.problem has no event',
    ],
    [
      'an event in the stream that no outbox has',
      aHistory({ books: { stream: [...good.stream, 'evt_0'] } }),
      'I2 the stream holds an event that no outbox has',
    ],
    [
      'an event that a reader has not applied',
      aHistory({ books: { inbox: good.inbox.slice(0, 1) } }),
      'I3 sla:incidents.incident has not applied incident-acknowledged',
    ],
    [
      'a reader that stands elsewhere than at the last version',
      aHistory({ books: { positions: [{ consumer: 'sla:incidents.incident', aggregateId: INCIDENT, version: 1 }] } }),
      'I3 sla:incidents.incident is at 1 of 2',
    ],
    [
      'an event that is still set aside',
      aHistory({ books: { parked: [{ consumer: 'sla:incidents.incident', eventId: 'evt_2' }] } }),
      'I3 sla:incidents.incident has set it aside',
    ],
    [
      'an effect that came twice of one event',
      aHistory({ books: withEvents({ ...OWN_STARTED, id: 'evt_5', aggregateId: 'clk_2' }) }),
      'I3 sla-clock-started came 2 times of one cause',
    ],
    [
      'an operation that had its effect twice',
      aHistory({ books: withEvents({ ...REPORTED, id: 'evt_5', aggregateId: 'inc_2' }) }),
      'I3 reportIncident had its effect 2 times',
    ],
    [
      'a copy that differs from what it copies',
      aHistory({ books: { copies: [{ name: 'a copy', told: { [INCIDENT]: 'P1' }, known: {} }] } }),
      'I3 a copy: nothing instead of P1',
    ],
    [
      'a clock that never heard of an acknowledgement that its reader has marked as applied',
      aHistory({ books: { clocks: good.clocks.map((clock) => ({ ...clock, state: 'RUNNING' })) } }),
      'I3 TIME_TO_OWN is RUNNING P1, not STOPPED P1',
    ],
    [
      'a clock that was never started',
      aHistory({ books: { clocks: good.clocks.slice(0, 1) } }),
      'I3 TIME_TO_RESOLVE is missing, not RUNNING P1',
    ],
    ['a draft that was never made', aHistory({ books: { updates: [] } }), 'I3 0 first drafts instead of 1'],
    [
      'a suspicion that is not on its incident',
      aHistory({
        books: withEvents({
          ...DRAFTED,
          id: 'evt_5',
          service: 'changes',
          name: 'change-suspected',
          aggregateId: 'sus_1',
          data: { incidentId: INCIDENT, changeId: 'chg_1' },
        }),
      }),
      'I3 change-suspected is noted 0 times on its incident',
    ],
    [
      'a hole in the versions of an aggregate',
      aHistory({ books: { outbox: good.outbox.map((e) => (e === ACKNOWLEDGED ? { ...e, version: 3 } : e)) } }),
      'I4 the outbox has versions 1, 3',
    ],
    [
      'a row that is ahead of its events',
      aHistory({ books: { rows: [{ table: 'incidents.incident', id: INCIDENT, version: 3 }] } }),
      'I4 incidents.incident is at 3 with 2 events',
    ],
    [
      'an event that is not on the timeline',
      aHistory({ books: { timeline: good.timeline.slice(1) } }),
      'I4 incident-reported is not on the timeline at its place',
    ],
    [
      'an event that the stream lacks',
      aHistory({ books: { stream: ['evt_1', 'evt_2', 'evt_3'] } }),
      'I4 the stream lacks update-drafted',
    ],
    [
      'an event that was never published',
      aHistory({ books: { stream: ['evt_1', 'evt_2', 'evt_3'], unpublished: ['evt_4'] } }),
      'I4 update-drafted was never published',
    ],
    [
      'an event that overtook its predecessor',
      aHistory({ books: { stream: ['evt_2', 'evt_1', 'evt_3', 'evt_4'] } }),
      'I4 incident-acknowledged overtook version 1 in the stream',
    ],
    [
      'a subscriber with a hole',
      aHistory({ journal: { received: [{ eventId: 'evt_1', aggregateId: INCIDENT, revision: 1 }] } }),
      'I8 all-incidents lacks incident-acknowledged',
    ],
    [
      'a subscriber that hears what the stream holds once twice',
      aHistory({
        journal: { received: [1, 2, 2].map((n) => ({ eventId: `evt_${n}`, aggregateId: INCIDENT, revision: n })) },
      }),
      'I8 all-incidents received it 2 times',
    ],
    [
      'a subscriber that hears them in another order',
      aHistory({
        journal: { received: [2, 1].map((n) => ({ eventId: `evt_${n}`, aggregateId: INCIDENT, revision: n })) },
      }),
      'I8 all-incidents received it after a later one',
    ],
    [
      'a subscriber that hears of what it did not ask for',
      aHistory({ journal: { serviceId: 'svc_2' } }),
      'I8 all-incidents received what it did not ask for',
    ],
    [
      'a subscriber whose cursor means nothing any more',
      aHistory({ journal: { lost: ['SUBSCRIPTION_CURSOR_EXPIRED'] } }),
      'I8 all-incidents could not go on: SUBSCRIPTION_CURSOR_EXPIRED',
    ],
    [
      'a subscriber that hears nothing',
      aHistory({ journal: { received: [] } }),
      'I8 all-incidents received nothing at all',
    ],
  ])('reports %s', (_case, history, expected) => {
    expect(found(history)).toContain(expected);
  });
});

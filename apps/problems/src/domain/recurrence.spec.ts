import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NOW } from '../../test/a-problem.js';
import { judgeRecurrence, RECURRENCE, type RecurringIncident } from './recurrence.js';

const DAY_MS = 86_400_000;

function incident(id: string, daysAgo: number, with_: Partial<RecurringIncident> = {}): RecurringIncident {
  const declaredAt = new Date(NOW.getTime() - daysAgo * DAY_MS);
  return { id, serviceId: 'svc_1', signature: 'QueueLag', declaredAt, problem: null, ...with_ };
}

const fresh = incident('inc_9', 0);
const open = { id: 'prb_1', open: true };
const closed = { id: 'prb_1', open: false };

describe('recurrence', () => {
  it.each<[string, RecurringIncident, RecurringIncident[], ReturnType<typeof judgeRecurrence>]>([
    ['the first of its kind is no problem', fresh, [], { do: 'NOTHING' }],
    ['the second is', fresh, [incident('inc_1', 1)], { do: 'PROPOSE', incidentIds: ['inc_1', 'inc_9'] }],
    [
      'on the last day of the window too',
      fresh,
      [incident('inc_1', 90)],
      { do: 'PROPOSE', incidentIds: ['inc_1', 'inc_9'] },
    ],
    ['beyond the window not', fresh, [incident('inc_1', 90.001)], { do: 'NOTHING' }],
    [
      'an earlier incident that arrives late counts',
      incident('inc_9', 5),
      [incident('inc_1', 1)],
      { do: 'PROPOSE', incidentIds: ['inc_9', 'inc_1'] },
    ],
    ['another service is another kind', fresh, [incident('inc_1', 1, { serviceId: 'svc_2' })], { do: 'NOTHING' }],
    ['another signature is another kind', fresh, [incident('inc_1', 1, { signature: 'DiskFull' })], { do: 'NOTHING' }],
    [
      'no signature is like no other',
      incident('inc_9', 0, { signature: null }),
      [incident('inc_1', 1, { signature: null })],
      { do: 'NOTHING' },
    ],
    [
      'no service is like no other',
      incident('inc_9', 0, { serviceId: null }),
      [incident('inc_1', 1, { serviceId: null })],
      { do: 'NOTHING' },
    ],
    [
      'an open problem of the kind takes it',
      fresh,
      [incident('inc_1', 1, { problem: open }), incident('inc_2', 2)],
      { do: 'LINK', problemId: 'prb_1' },
    ],
    [
      'however long ago that began',
      fresh,
      [incident('inc_1', 400, { problem: open })],
      { do: 'LINK', problemId: 'prb_1' },
    ],
    [
      'incidents of a closed problem do not count',
      fresh,
      [incident('inc_1', 1, { problem: closed })],
      { do: 'NOTHING' },
    ],
    ['what is linked stays where it is', { ...fresh, problem: closed }, [incident('inc_1', 1)], { do: 'NOTHING' }],
    ['it is not its own recurrence', fresh, [fresh], { do: 'NOTHING' }],
  ])('%s', (_name, one, others, verdict) => {
    expect(judgeRecurrence(one, others)).toEqual(verdict);
  });

  it('whatever the order of arrival, incidents of a kind within the window end in one problem', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: RECURRENCE.withinDays }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(days, (arrivals) => {
        const seen: RecurringIncident[] = [];
        let problems = 0;
        for (const [index, day] of arrivals.entries()) {
          const one = incident(`inc_${index}`, day);
          const verdict = judgeRecurrence(one, seen);
          if (verdict.do === 'PROPOSE') problems += 1;
          const linked = verdict.do === 'PROPOSE' ? verdict.incidentIds : verdict.do === 'LINK' ? [one.id] : [];
          seen.push(one);
          seen.forEach((other, place) => linked.includes(other.id) && (seen[place] = { ...other, problem: open }));
        }
        expect(problems).toBe(1);
        expect(seen.every(({ problem }) => problem === open)).toBe(true);
      }),
    );
  });
});

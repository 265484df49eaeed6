import type { Books, History, PastEvent } from './history.js';
import { grouped, violation, type Violation } from './invariants.js';

/** I5: what a moment asks for happens when it has come, and once, told from the events of what it happens to. */
export function checkDueWork({ books }: History): readonly Violation[] {
  const end = Date.parse(books.endedAt);
  return [
    ...histories(books, 'action-item').flatMap((events) => checkActionItem(events, end)),
    ...histories(books, 'sla-clock').flatMap((events) => checkClock(events, end)),
  ];
}

function histories({ outbox }: Books, type: string): readonly (readonly PastEvent[])[] {
  const all = grouped(
    outbox.filter(({ aggregateType }) => aggregateType === type),
    ({ aggregateId }) => aggregateId,
  );
  return [...all.values()].map((events) => [...events].sort((a, b) => a.version - b.version));
}

/** The parts of a history that begin with one of these events. */
function parts(events: readonly PastEvent[], ...beginnings: readonly string[]): readonly (readonly PastEvent[])[] {
  const begun: PastEvent[][] = [];
  for (const event of events) {
    if (beginnings.includes(event.name)) begun.push([event]);
    else begun.at(-1)?.push(event);
  }
  return begun;
}

const time = ({ data }: PastEvent, field: string): number => Date.parse(String(data[field]));

/** What came more than once, or not at all though it `mustBe` there. */
function once(events: readonly PastEvent[], name: string, mustBe: boolean): readonly Violation[] {
  const found = events.filter((event) => event.name === name);
  if (found.length > 1 || (found.length === 0 && mustBe)) {
    const aggregateId = events[0]?.aggregateId ?? '';
    const what = `${name} came ${found.length} times of one moment`;
    return [violation('I5', what, aggregateId, ...found.map(({ id }) => id))];
  }
  return [];
}

/** An item is overdue once for each due time. One that was done, dropped or put off may have been, in time or late. */
function checkActionItem(events: readonly PastEvent[], end: number): readonly Violation[] {
  const over = events.some(({ name }) => name === 'action-item-completed' || name === 'action-item-dropped');
  const periods = parts(events, 'action-item-added', 'action-item-rescheduled');
  return periods.flatMap((period) => {
    const [begun] = period;
    const due = begun ? time(begun, 'dueAt') : NaN;
    return once(period, 'action-item-overdue', !over && period === periods.at(-1) && due < end);
  });
}

/** A clock warns and breaches once for each target, if it runs for so long. */
function checkClock(events: readonly PastEvent[], end: number): readonly Violation[] {
  if (events.some(({ name, data }) => name === 'sla-clock-started' && data['origin'] === 'IMPORT')) return [];
  const periods = parts(events, 'sla-clock-started', 'sla-clock-retargeted');
  const runs = runningFor(events, end);
  return periods.flatMap((period) => {
    const target = Number(period[0]?.data['targetMinutes']) * 60_000;
    const must = (ms: number): boolean => runs !== null && period === periods.at(-1) && runs > ms;
    return [
      ...once(period, 'sla-clock-at-risk', must(target * WARNING)),
      ...once(period, 'sla-clock-breached', must(target)),
    ];
  });
}

/** The share of its target after which a clock warns. */
const WARNING = 0.75;

/** What a clock that runs at the end has counted, in milliseconds; null for one that does not run. */
function runningFor(events: readonly PastEvent[], end: number): number | null {
  let [counted, since, halted] = [0, NaN, NaN];
  for (const event of events) {
    if (event.name === 'sla-clock-started') since = time(event, 'startedAt');
    else if (event.name === 'sla-clock-resumed') {
      since = time(event, 'resumedAt');
      if (event.data['gapCounted'] === true) counted += since - halted;
    } else if (event.name in HALTS) {
      halted = time(event, HALTS[event.name] ?? '');
      if (!Number.isNaN(since)) counted += halted - since;
      since = NaN;
    }
  }
  return Number.isNaN(since) ? null : counted + end - since;
}

const HALTS: Readonly<Record<string, string>> = {
  'sla-clock-paused': 'pausedAt',
  'sla-clock-stopped': 'stoppedAt',
  'sla-clock-canceled': 'canceledAt',
};

import { eventually, type Stack } from '@graphdesk/testing';
import { listeners, SERVICES } from '../conservation.js';
import { withDatabase } from './final-books.js';
import type { Subscriber } from './subscriber.js';

/** How long everything may take to come to rest once it runs again, in milliseconds: the longest wait of a gap healer, and some. */
const REST_WITHIN_MS = 150_000;
/** What did not change for this long is at rest: longer than the sweeps of relay and gap healer, in milliseconds. */
const STILL_MS = 3_000;

/** Services that keep timers. */
const TIMED = new Set<string>(['incidents', 'sla', 'changes', 'communications']);
const due = (service: string): string => ` + (SELECT count(*) FROM ${service}.timer WHERE due <= now())`;

/**
 * Waits until nothing is under way: every outbox published, the broker holding nothing back, no event parked, no timer due, nothing written
 * for three seconds. What is lost for good keeps an event parked for ever: then it says what it waited for, and the books show the rest.
 */
export async function comeToRest(stack: Stack, patienceMs = REST_WITHIN_MS): Promise<string | null> {
  let seen = '';
  let since = performance.now();
  const settled = async (): Promise<void> => {
    const { waiting, written } = await withDatabase(stack, async (client) => {
      const counts = SERVICES.map(
        (service) => `SELECT (SELECT count(*) FROM ${service}.outbox WHERE published_at IS NULL) +
          (SELECT count(*) FROM ${service}.inbox_pending)${TIMED.has(service) ? due(service) : ''} AS waiting,
          (SELECT count(*) FROM ${service}.outbox) + (SELECT count(*) FROM ${service}.inbox) AS written`,
      ).join(' UNION ALL ');
      const { rows } = await client.query<{ waiting: number; written: number }>(
        `SELECT sum(waiting)::int AS waiting, sum(written)::int AS written FROM (${counts}) AS c`,
      );
      return rows[0] ?? { waiting: 0, written: 0 };
    });
    const held = (await listeners(stack.natsUrl)).reduce((sum, { outstanding }) => sum + outstanding, 0);
    const now = `${written} written, ${waiting} unpublished, parked or due, ${held} held by the broker`;
    if (now !== seen) [seen, since] = [now, performance.now()];
    if (waiting + held > 0 || performance.now() - since < STILL_MS) throw new Error(now);
  };
  try {
    await eventually(settled, { timeoutMs: patienceMs, everyMs: 250 });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Waits until no subscriber gets anything any more; what is still missing then is missing for good. */
export async function hearTheRest(subscribers: readonly Subscriber[]): Promise<void> {
  let seen = '';
  let since = performance.now();
  await eventually(
    () => {
      const now = subscribers.map(({ received }) => received.length).join(' ');
      if (now !== seen) [seen, since] = [now, performance.now()];
      if (performance.now() - since < STILL_MS) throw new Error(now);
    },
    { timeoutMs: 60_000, everyMs: 100 },
  );
}

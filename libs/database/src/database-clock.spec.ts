import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Pool } from 'pg';
import { DatabaseClock } from './database-clock.js';

describe('the clock of the database', () => {
  let counterMs = 0;
  let clock: DatabaseClock | undefined;
  const counter = jest.spyOn(performance, 'now').mockImplementation(() => counterMs);
  afterAll(() => counter.mockRestore());
  afterEach(() => clock?.stop());

  /** A database whose clock is `aheadMs` before the counter and that takes its time to hear and to answer. */
  const database = { aheadMs: 0, hearsInMs: 0, answersInMs: 0 };
  const pool = {
    query: () => {
      counterMs += database.hearsInMs;
      const now = new Date(counterMs + database.aheadMs);
      counterMs += database.answersInMs;
      return Promise.resolve({ rows: [{ now }] });
    },
  } as unknown as Pool;
  const answer = (aheadMs: number, hearsInMs: number, answersInMs: number): void =>
    void Object.assign(database, { aheadMs, hearsInMs, answersInMs });
  const aheadMs = (): number => (clock?.now().getTime() ?? NaN) - counterMs;

  it('follows a database that is set to another time', async () => {
    answer(1_000, 1, 1);
    clock = await DatabaseClock.start(pool);
    expect(aheadMs()).toBe(1_000);
    answer(-5_000, 1, 1);
    await clock.sync();
    expect(aheadMs()).toBe(-5_000);
  });

  it('is not led astray by an answer that was long on its way', async () => {
    answer(1_000, 1, 1);
    clock = await DatabaseClock.start(pool);
    answer(1_000, 5_000, 0);
    await clock.sync();
    expect(aheadMs()).toBe(1_000);
  });

  it('is put right by a quick answer after a slow one', async () => {
    answer(1_000, 0, 4_000);
    clock = await DatabaseClock.start(pool);
    expect(aheadMs()).toBe(-1_000);
    answer(1_000, 1, 1);
    await clock.sync();
    expect(aheadMs()).toBe(1_000);
  });
});

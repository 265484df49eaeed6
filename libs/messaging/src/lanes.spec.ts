import { describe, expect, it } from '@jest/globals';
import { Lanes } from './lanes.js';
import { Turns } from './turns.js';

/** A task that ends when told. */
function held(log: string[], name: string): { task: () => Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const task = async (): Promise<void> => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
  };
  return { task, end };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('lanes', () => {
  it('one that does not end holds up its own key alone', async () => {
    const log: string[] = [];
    const lanes = new Lanes(2);
    const stuck = held(log, 'a1');
    lanes.add('a', stuck.task);
    for (const [key, name] of [
      ['a', 'a2'],
      ['b', 'b1'],
      ['b', 'b2'],
      ['c', 'c1'],
    ] as const) {
      lanes.add(key, async () => void log.push(name));
    }
    await settled();
    expect(log).toEqual(['a1 begins', 'b1', 'c1', 'b2']);
    stuck.end();
    await lanes.idle();
    expect(log.slice(4)).toEqual(['a1 ends', 'a2']);
    await lanes.idle();
  });

  it('no more than its width run at once', async () => {
    const log: string[] = [];
    const lanes = new Lanes(2);
    const tasks = ['a', 'b', 'c'].map((name) => held(log, name));
    tasks.forEach(({ task }, index) => lanes.add(String(index), task));
    await settled();
    expect(log).toEqual(['a begins', 'b begins']);
    for (const { end } of tasks) end();
    await lanes.idle();
    expect(log).toHaveLength(6);
  });
});

describe('turns', () => {
  it('one alone waits for those under way, and those after it wait for it', async () => {
    const log: string[] = [];
    const turns = new Turns();
    const [first, second, alone, last] = ['first', 'second', 'alone', 'last'].map((name) => held(log, name));
    if (!first || !second || !alone || !last) throw new Error('four tasks');
    const all = [
      turns.take(false, first.task),
      turns.take(false, second.task),
      turns.take(true, alone.task),
      turns.take(false, last.task),
    ];
    await settled();
    expect(log).toEqual(['first begins', 'second begins']);
    first.end();
    await settled();
    expect(log).not.toContain('alone begins');
    second.end();
    await settled();
    expect(log.slice(2)).toEqual(['first ends', 'second ends', 'alone begins']);
    last.end();
    await settled();
    expect(log).not.toContain('last begins');
    alone.end();
    await Promise.all(all);
    expect(log.slice(5)).toEqual(['alone ends', 'last begins', 'last ends']);
  });

  it('a task that fails gives its turn back', async () => {
    const turns = new Turns();
    await expect(turns.take(true, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take(true, () => Promise.resolve('next'))).toBe('next');
  });
});

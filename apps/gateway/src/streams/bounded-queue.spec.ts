import { describe, expect, it } from '@jest/globals';
import { BoundedQueue } from './bounded-queue.js';

const queue = (size: number, stallMs = 60_000) =>
  new BoundedQueue<number>({ size, stallMs, stalled: () => new Error('stalled') });

describe('a bounded queue', () => {
  it('hands items over in order, also to a reader that was there first', async () => {
    const numbers = queue(10);
    const first = numbers.shift();
    await numbers.push(1);
    await numbers.push(2);
    expect([await first, await numbers.shift()]).toEqual([1, 2]);
  });

  it('holds the producer back while it is full', async () => {
    const numbers = queue(2);
    await numbers.push(1);
    let pushed = false;
    const second = numbers.push(2).then((wanted) => (pushed = wanted));
    await Promise.resolve();
    expect(pushed).toBe(false);
    expect(await numbers.shift()).toBe(1);
    expect(await second).toBe(true);
    expect(await numbers.shift()).toBe(2);
  });

  it('fails when it stays full and nobody reads, and drops what it holds', async () => {
    const numbers = queue(1, 5);
    expect(await numbers.push(1)).toBe(false);
    await expect(numbers.shift()).rejects.toThrow('stalled');
    expect(numbers.length).toBe(0);
  });

  it('ends a waiting reader and a waiting producer at once when it is closed', async () => {
    const waiting = queue(1);
    const reader = waiting.shift();
    waiting.close();
    expect(await reader).toBeUndefined();
    const full = queue(1);
    const producer = full.push(1);
    full.close();
    expect(await producer).toBe(false);
    expect(await full.push(2)).toBe(false);
  });
});

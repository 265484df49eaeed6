import { createServer } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { eventually, freePort } from '../src/index.js';

describe('eventually', () => {
  it('returns the value of the first try that holds', async () => {
    let tries = 0;
    const value = await eventually(() => {
      tries += 1;
      expect(tries).toBeGreaterThanOrEqual(3);
      return 'held';
    });
    expect([value, tries]).toEqual(['held', 3]);
  });

  it('throws the last error, not the first, with the waiting time', async () => {
    let tries = 0;
    const failing = eventually(() => Promise.reject(new Error(`try ${(tries += 1)}`)), { timeoutMs: 60, everyMs: 5 });
    await expect(failing).rejects.toThrow(/^not within 60 ms: try \d+$/);
    expect(tries).toBeGreaterThan(1);
    await expect(failing).rejects.toThrow(`try ${tries}`);
  });
});

describe('freePort', () => {
  it('gives ports that can be listened on', async () => {
    const ports = new Set(await Promise.all(Array.from({ length: 20 }, () => freePort())));
    for (const port of ports) {
      const server = createServer();
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
      server.close();
    }
    expect(ports.size).toBeGreaterThan(10);
  });
});

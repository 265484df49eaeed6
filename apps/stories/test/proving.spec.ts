import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVERYTHING } from '../src/proving/planted-bugs.js';
import { proveSpine } from '../src/proving/prove-spine.js';

describe('a short proving run', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'graphdesk-prove-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('kills something under load, and finds that nothing was lost, doubled or out of order', async () => {
    const proof = await proveSpine({
      seed: 1,
      durationMs: 4_000,
      aim: { ...EVERYTHING, armed: 0, pauseMs: [500, 1_000], awayMs: [0, 200] },
      ratePerSecond: 20,
      folder: join(folder, 'run'),
      keepData: false,
      signal: new AbortController().signal,
      say: () => undefined,
    });
    expect(proof.violations).toEqual([]);
    expect(Object.keys(proof.kills)).not.toEqual([]);
    expect(proof.operations.ok).toBeGreaterThan(5);
    expect(proof.messages).toBeGreaterThan(5);
  }, 180_000);
});

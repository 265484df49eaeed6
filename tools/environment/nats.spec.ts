import { spawnSync } from 'node:child_process';

import { describe, expect, it } from '@jest/globals';

import { natsServerProgram } from './nats.mjs';
import { cacheFolder } from './places.mjs';

const versionOf = (program: string): string =>
  /v([\d.]+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? '';

describe('natsServerProgram', () => {
  it('gives the one that is named by its path', async () => {
    const usual = await natsServerProgram(cacheFolder());
    expect(await natsServerProgram(cacheFolder(), usual)).toBe(usual);
  });

  it('gives the oldest supported series, or one that production accepts, when asked', async () => {
    if (spawnSync('apt-get', ['--version']).status !== 0) return;
    expect(versionOf(await natsServerProgram(cacheFolder(), 'floor'))).toMatch(/^2\.9\./);
    const [major = 0, minor = 0, patch = 0] = versionOf(await natsServerProgram(cacheFolder(), 'current'))
      .split('.')
      .map(Number);
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(2_010_023);
  });

  it('refuses a wish that is none', async () => {
    await expect(natsServerProgram(cacheFolder(), 'newest')).rejects.toThrow('GRAPHDESK_NATS');
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { debianProgram } from './debian-package.mjs';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'graphdesk-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const nats = { package: 'nats-server', program: 'usr/sbin/nats-server', howToGetIt: 'Install nats-server yourself.' };
const hasApt = spawnSync('apt-get', ['--version']).status === 0;

describe('debianProgram', () => {
  it('fetches into an empty cache, for several callers at once, and leaves nothing else there', async () => {
    if (!hasApt) return expect(debianProgram({ ...nats, cache })).rejects.toThrow('Install nats-server yourself.');
    const paths = await Promise.all([debianProgram({ ...nats, cache }), debianProgram({ ...nats, cache })]);
    expect(new Set(paths).size).toBe(1);
    expect(spawnSync(paths[0], ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^nats-server: v2\./);
    expect(readdirSync(cache)).toEqual([`nats-server-${process.arch}`]);
  });

  it('fetches from another release than the machine has, beside the other', async () => {
    const wanted = { ...nats, cache, release: 'trixie' };
    if (!hasApt) return expect(debianProgram(wanted)).rejects.toThrow('Install nats-server yourself.');
    const { stdout } = spawnSync(await debianProgram(wanted), ['--version'], { encoding: 'utf8' });
    expect(stdout).toMatch(/^nats-server: v2\.10\./);
    expect(readdirSync(cache)).toEqual([`nats-server-trixie-${process.arch}`]);
  });

  it('says how to get the program when the package cannot be had, and cleans up', async () => {
    const failing = debianProgram({ ...nats, package: 'no-such-package-here', cache });
    await expect(failing).rejects.toThrow(/^Install nats-server yourself\./);
    expect(readdirSync(cache)).toEqual([]);
  });
});

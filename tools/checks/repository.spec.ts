import { describe, expect, it } from '@jest/globals';
import { licenceFaults } from './licences.mjs';
import { lockFileFaults } from './lock-file.mjs';
import { forgottenSpecs } from './repository.mjs';
import { textFaults } from './tracked-text.mjs';

describe('the lock file', () => {
  it('may not want a platform package that it does not hold', () => {
    const packages = {
      'node_modules/fast': { optionalDependencies: { 'fast-linux': '1.0.0', 'fast-mac': '1.0.0' } },
      'node_modules/fast/node_modules/fast-linux': {},
    };
    expect(lockFileFaults({ packages })).toEqual([expect.stringContaining('wants fast-mac')]);
  });

  it('may not name an address', () => {
    const packages = {
      'node_modules/one': { resolved: 'https://example.org/one.tgz' },
      'node_modules/app': { resolved: 'apps/app', link: true },
    };
    expect(lockFileFaults({ packages })).toEqual([expect.stringContaining('node_modules/one')]);
  });
});

describe('licences', () => {
  const packages = {
    '': {},
    'apps/app': {},
    'node_modules/app': { link: true },
    'node_modules/free': { license: '(MIT OR CC0-1.0)' },
    'node_modules/@scope/source-available': { license: 'Elastic-2.0' },
  };

  it('that are not permissive are named in NOTICE', () => {
    expect(licenceFaults({ packages }, '')).toEqual(['NOTICE: @scope/source-available (Elastic-2.0) is not named']);
    expect(licenceFaults({ packages }, '- @scope/source-available\n')).toEqual([]);
  });

  it('are named in NOTICE only while there is need', () => {
    expect(licenceFaults({ packages: {} }, '- gone\n')).toEqual(['NOTICE: gone is named without need']);
  });

  it.each(['AGPL-3.0', 'MIT AND GPL-3.0', undefined])('%s has to be looked at', (license) => {
    expect(licenceFaults({ packages: { 'node_modules/it': { license } } }, '')).toHaveLength(1);
  });
});

describe('tracked text', () => {
  // Put together here, so that this file does not hold what it looks for.
  it.each([
    ['a path', ['', 'home', 'someone', 'project'].join('/')],
    ['a temporary path', ['', 'tmp', 'notes.md'].join('/')],
    ['a registry', ['https:/', 'npm-registry.example.org', 'pkg'].join('/')],
    ['a key', ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')],
    ['a GitHub token', `ghp${'_'}${'a'.repeat(36)}`],
    ['an AWS key', `AKIA${'Q'.repeat(16)}`],
    ['a signed token', [`eyJ${'a'.repeat(12)}`, `eyJ${'b'.repeat(12)}`, 'c'.repeat(20)].join('.')],
  ])('with %s is found, with its line', (_what, text) => {
    expect(textFaults('notes.md', `first\nsee ${text} there`)).toEqual([expect.stringMatching(/^notes\.md:2: /)]);
  });

  it.each([
    'mountPath: /tmp',
    ['.', 'work', 'file.ts'].join('/'),
    ['apps', 'work', 'file.ts'].join('/'),
    'https://example.org/home/page',
    'an AKIA prefix',
  ])('such as "%s" is fine', (text) => expect(textFaults('notes.md', text)).toEqual([]));
});

describe('specs', () => {
  it('that no project runs are found', () => {
    const tracked = ['apps/a/src/one.spec.ts', 'apps/a/two.spec.ts', 'apps/a/src/three.ts'];
    expect(forgottenSpecs(tracked, ['apps/a/src/one.spec.ts'])).toEqual([
      'apps/a/two.spec.ts: no Jest project runs it',
    ]);
  });
});

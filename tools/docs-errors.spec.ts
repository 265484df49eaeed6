// Codes are a promise to callers: docs/errors.md lists every code of the source, and none besides.
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './environment/places.mjs';

/** The ways in which the source says a code. */
const SAYS_CODE = [
  /\b(?:refuse(?:<[^>]*>)?|HookError|streamFault|httpError)\(\s*(?:\d+,\s*)?'([A-Z][A-Z_]+)'/g,
  /\bwithCode\(\w+, '([A-Z][A-Z_]+)'/g,
  /(?:extensions: \{|send\(\{|\{ status,) code: '([A-Z][A-Z_]+)'/g,
  /\breadonly code = '([A-Z][A-Z_]+)'/g,
];

function codesIn(source: string): string[] {
  return SAYS_CODE.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code]) => code ?? ''));
}

const sources = ['apps', 'libs']
  .flatMap((kind) => readdirSync(join(repository, kind)).map((name) => join(repository, kind, name, 'src')))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => readFileSync(file, 'utf8'));
const page = readFileSync(join(repository, 'docs/errors.md'), 'utf8');
const listed = [...page.matchAll(/`([A-Z][A-Z_]{3,})`/g)].map(([, code]) => code ?? '');

describe('docs/errors.md', () => {
  it('lists every code that the source says', () => {
    const said = new Set(sources.flatMap(codesIn));
    expect(said.size).toBeGreaterThan(30);
    expect([...said].filter((code) => !listed.includes(code)).sort()).toEqual([]);
  });

  it('lists no code that the source does not know', () => {
    expect(listed.filter((code) => !sources.some((source) => source.includes(`'${code}'`)))).toEqual([]);
  });

  it.each([
    ["return refuse('NO_WAY', 'no');", 'NO_WAY'],
    ["refuse(\n      'NO_WAY',", 'NO_WAY'],
    ["throw new HookError(400, 'NO_WAY', 'no');", 'NO_WAY'],
    ["new GraphQLError('no', { extensions: { code: 'NO_WAY' } })", 'NO_WAY'],
  ])('would notice %j', (source, code) => expect(codesIn(source)).toEqual([code]));
});

import { describe, expect, it } from '@jest/globals';
import { publicOwner, readPublicPaths } from './public-owner.js';

const paths = new Map([
  ['/hooks/github', 'changes'],
  ['/hooks/github/releases', 'catalog'],
  ['/public/status', 'communications'],
]);

describe('the owner of a public path', () => {
  it.each([
    ['/hooks/github', 'changes'],
    ['/hooks/github/', 'changes'],
    ['/hooks/github/src_1', 'changes'],
    ['/hooks/github/releases/x', 'catalog'],
    ['/public/status/index.html', 'communications'],
    ['/hooks/githubx', undefined],
    ['/hooks', undefined],
    ['/hooks/github/..', undefined],
    ['/hooks/github/./x', undefined],
    ['/hooks/github/a%2fb', undefined],
    ['/hooks/github\\x', undefined],
    ['//hooks/github', undefined],
    ['', undefined],
  ])('%s -> %s', (path, owner) => expect(publicOwner(path, paths)).toBe(owner));

  it('is declared in subgraphs.json', () => {
    expect(Object.fromEntries(readPublicPaths())).toMatchObject({
      '/hooks/alertmanager': 'incidents',
      '/hooks/github': 'changes',
    });
  });
});

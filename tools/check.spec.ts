import { describe, expect, it } from '@jest/globals';
import { chosenSteps } from './check.mjs';

describe('the steps of check', () => {
  const names = ['format', 'lint', 'tests'];

  it.each([
    [[], names],
    [
      ['--without', 'tests'],
      ['format', 'lint'],
    ],
    [
      ['--only', 'lint,format'],
      ['format', 'lint'],
    ],
    [['--only', 'lint,format', '--without', 'lint'], ['format']],
  ])('%j runs %j', (args, steps) => {
    expect(chosenSteps(args, names)).toEqual(steps);
  });

  it.each([[['--only', 'lnt']], [['--without', 'test']]])('%j is refused: a typing mistake is no check', (args) => {
    expect(() => chosenSteps(args, names)).toThrow('There are: format, lint, tests');
  });
});

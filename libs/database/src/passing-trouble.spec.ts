import { describe, expect, it } from '@jest/globals';
import { isPassingTrouble, isUnreachable } from './passing-trouble.js';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('trouble of the database', () => {
  it.each([
    ['ECONNREFUSED', true, true],
    ['08006', true, true],
    ['53300', true, true],
    ['57P01', true, true],
    ['08P01', false, true],
    ['40P01', false, true],
    ['40001', false, true],
    ['53100', false, true],
    ['55P03', false, true],
    ['57014', false, false],
    ['55000', false, false],
    ['23505', false, false],
    ['42P01', false, false],
    ['XX001', false, false],
  ])('%s: away %p, passes %p', (code, away, passes) => {
    expect(isUnreachable(withCode(code))).toBe(away);
    expect(isPassingTrouble(withCode(code))).toBe(passes);
  });

  it.each([
    ['timeout exceeded when trying to connect', true],
    ['Connection terminated unexpectedly', true],
    ['Query read timeout', true],
    ['it did not come back within 300 ms', false],
    ['the upstream answered: timeout', false],
  ])('%p without a code: %p', (message, passes) => {
    expect(isPassingTrouble(new Error(message))).toBe(passes);
    expect(isUnreachable(new Error(message))).toBe(passes);
  });

  it('what is thrown and is no error says nothing', () => {
    expect(isPassingTrouble('57P01')).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import { failureOf } from './failure.js';

class Refused extends Error {}

const fail = (message: string): Error => new Refused(message);

describe('what is kept of an error', () => {
  it('tells class, code and place; what it quotes is in the detail alone', () => {
    const error = Object.assign(fail('Mr Secret\n    at home (the bank:1)\nis in debt\0'), { code: '23505' });
    const { name, origin, fingerprint, detail } = failureOf(error);
    expect(name).toBe('Refused 23505');
    expect(origin).toMatch(/^fail \(libs\/messaging\/src\/failure\.spec\.ts:\d+:\d+\)$/);
    expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
    expect(detail).toContain('Mr Secret');
    expect(detail).not.toContain('\0');
    expect(JSON.stringify([name, origin, fingerprint])).not.toMatch(/Secret|home|bank|debt/);
  });

  it('is the same for the same place whatever the message, and another for another place', () => {
    const [one, two] = ['a', 'b'].map((message) => failureOf(fail(message)).fingerprint);
    expect(one).toBe(two);
    expect(failureOf(new Refused('a')).fingerprint).not.toBe(one);
  });

  it('a code that is free text is left out, and so is a message that looks like a frame', () => {
    const error = Object.assign(new Error('x\n    at secret (/home/secret.ts:1:2)'), { code: 'the secret is out' });
    const { name, origin } = failureOf(error);
    expect([name, origin].join()).not.toContain('secret');
    error.stack = 'no frames';
    expect(failureOf(error)).toMatchObject({ name: 'Error', origin: 'unknown' });
  });

  it('anything may be thrown', () => {
    expect(failureOf('text')).toMatchObject({ name: 'Error', detail: expect.stringContaining('text') });
    expect(failureOf(new Error('x'.repeat(20_000))).detail).toHaveLength(8_000);
  });
});

import { describe, expect, it } from '@jest/globals';
import { Kind } from 'graphql';
import { DateTimeScalar } from './date-time.scalar.js';

const scalar = new DateTimeScalar();

describe('DateTime', () => {
  it.each([
    ['2026-11-23T02:00:04Z', '2026-11-23T02:00:04.000Z'],
    ['2026-11-23T02:00:04.5Z', '2026-11-23T02:00:04.500Z'],
    ['2026-11-23T02:00:04.123456789Z', '2026-11-23T02:00:04.123Z'],
    ['2026-11-23T02:00:04+05:30', '2026-11-22T20:30:04.000Z'],
    ['2026-11-23T23:59:59-00:00', '2026-11-23T23:59:59.000Z'],
    ['2026-11-23t02:00:04z', '2026-11-23T02:00:04.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is read as %s', (text, instant) => {
    expect(scalar.parseValue(text).toISOString()).toBe(instant);
    expect(scalar.parseLiteral({ kind: Kind.STRING, value: text }).toISOString()).toBe(instant);
  });

  it.each([
    ['2026-11-23'],
    ['2026-11-23T02:00:04'],
    ['2026-11-23T02:00Z'],
    ['2026-11-23 02:00:04Z'],
    ['2026-02-29T00:00:00Z'],
    ['2026-02-30T00:00:00Z'],
    ['2026-04-31T00:00:00Z'],
    ['2026-13-01T00:00:00Z'],
    ['2026-00-10T00:00:00Z'],
    ['2026-11-00T00:00:00Z'],
    ['2026-11-23T24:00:00Z'],
    ['2026-11-23T02:60:00Z'],
    ['2026-11-23T02:00:60Z'],
    ['2026-11-23T02:00:04+24:00'],
    ['2026-11-23T02:00:04+02:60'],
    ['tomorrow'],
    [''],
    [1_795_000_000],
    [true],
    [null],
  ])('%p is refused', (value) => {
    expect(() => scalar.parseValue(value)).toThrow(/RFC 3339/);
  });

  it('a literal that is no string is refused', () => {
    expect(() => scalar.parseLiteral({ kind: Kind.INT, value: '1795000000' })).toThrow(/RFC 3339/);
  });

  it('is written in UTC with milliseconds, from dates and from what a database driver gives', () => {
    const date = new Date('2026-11-23T02:00:04Z');
    expect(scalar.serialize(date)).toBe('2026-11-23T02:00:04.000Z');
    expect(scalar.serialize('2026-11-23T03:00:04+01:00')).toBe('2026-11-23T02:00:04.000Z');
    expect(() => scalar.serialize(new Date(Number.NaN))).toThrow('not an instant');
  });
});

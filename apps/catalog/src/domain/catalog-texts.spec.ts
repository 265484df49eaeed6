import { describe, expect, it } from '@jest/globals';
import { faultOfName } from './catalog-texts.js';

describe('a name', () => {
  it.each(['Billing', 'Zahlungen & Übersicht', '決済', 'a'.repeat(200)])('may be %s', (name) => {
    expect(faultOfName(name)).toBeNull();
  });

  it.each([
    ['empty', ''],
    ['blank', '  '],
    ['too long', 'a'.repeat(201)],
    ['with NUL', 'a\u0000b'],
    ['with a line break', 'a\nb'],
    ['with half a character', 'a\uD83Db'],
  ])('may not be %s', (_case, name) => {
    expect(faultOfName(name)).toMatchObject({ ok: false, code: 'INVALID_INPUT', detail: { path: ['name'] } });
  });
});

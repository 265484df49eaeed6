import { describe, expect, it } from '@jest/globals';
import { isStorable } from './text.js';

describe('a text', () => {
  it.each(['', 'Übersicht', '決済', 'a flame: \u{1F525}', 'two\nlines'])('such as %j can be stored', (text) =>
    expect(isStorable(text)).toBe(true),
  );
  it.each(['a\u0000b', '\uD83D', 'cut \uD83D in two', '\uDD25'])('such as %j cannot', (text) =>
    expect(isStorable(text)).toBe(false),
  );
});

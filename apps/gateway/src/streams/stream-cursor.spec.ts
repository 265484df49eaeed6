import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { StreamCursors } from './stream-cursor.js';

const cursors = new StreamCursors(randomBytes(32));
const position = { tenantId: 'ten_1', incarnation: '2026-11-23T02:00:00.123456789Z', sequence: 1042 };

describe('a cursor', () => {
  it('holds a position and shows nothing by itself', () => {
    expect(cursors.read(cursors.write(position), 'ten_1')).toEqual(position);
  });

  it("is nobody else's", () => {
    expect(cursors.read(cursors.write(position), 'ten_2')).toBeUndefined();
    expect(new StreamCursors(randomBytes(32)).read(cursors.write(position), 'ten_1')).toBeUndefined();
  });

  it('cannot be changed: each single character counts', () => {
    const cursor = cursors.write(position);
    for (let at = 0; at < cursor.length; at += 1) {
      // The last character of a signature holds two bits that mean nothing; flip one that does.
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'Q' : 'A') + cursor.slice(at + 1);
      expect(cursors.read(changed, 'ten_1')).toBeUndefined();
    }
  });

  it.each([undefined, null, 7, {}, '', '.', 'a.b', 'x'.repeat(10_000)])('is not %p', (value) => {
    expect(cursors.read(value, 'ten_1')).toBeUndefined();
  });
});

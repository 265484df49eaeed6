import { describe, expect, it } from '@jest/globals';
import { allowedMoves, canMove, decide, refuse, unchanged } from './index.js';

describe('decisions', () => {
  it('an acceptance carries changes and facts', () => {
    expect(decide({ state: 'RESOLVED' }, [{ kind: 'incident-resolved' }])).toEqual({
      ok: true,
      changes: { state: 'RESOLVED' },
      facts: [{ kind: 'incident-resolved' }],
    });
  });

  it('nothing to do is an acceptance without facts', () => {
    expect(unchanged()).toEqual({ ok: true, changes: {}, facts: [] });
  });

  it('a refusal has detail only when there is some', () => {
    expect(refuse('NO', 'no')).not.toHaveProperty('detail');
    expect(refuse('NO', 'no', { allowed: [] }).detail).toEqual({ allowed: [] });
  });

  it('a lifecycle allows exactly what its table lists', () => {
    const lifecycle = { OPEN: ['DONE'], DONE: [] } as const;
    expect(canMove<'OPEN' | 'DONE'>(lifecycle, 'OPEN', 'DONE')).toBe(true);
    expect(canMove<'OPEN' | 'DONE'>(lifecycle, 'DONE', 'OPEN')).toBe(false);
    expect(allowedMoves<'OPEN' | 'DONE'>(lifecycle, 'OPEN')).toEqual(['DONE']);
  });
});

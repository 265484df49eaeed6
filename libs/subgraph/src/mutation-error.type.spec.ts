import { refuse } from '@graphdesk/decisions';
import { describe, expect, it } from '@jest/globals';
import { mutationError, payload } from './mutation-error.type.js';
import { unknownReference } from './unknown-reference.js';

describe("a mutation's payload", () => {
  it('has the thing and no error when it went well', () => {
    expect(payload('note', { ok: true, value: { id: 'n' } })).toEqual({ note: { id: 'n' }, errors: [] });
  });

  it('has no thing and the refusal otherwise', () => {
    expect(payload('note', refuse('KEY_TAKEN', 'taken'))).toEqual({
      note: null,
      errors: [{ code: 'KEY_TAKEN', message: 'taken', path: [], retryable: false }],
    });
  });

  it('names the input at fault', () => {
    expect(mutationError(refuse('NO', 'no', { path: ['input', 'key'] })).path).toEqual(['input', 'key']);
    expect(mutationError(refuse('NO', 'no', { path: 'key' })).path).toEqual([]);
  });

  it('tells of what another service may have made a moment ago that the same request may succeed', () => {
    expect(mutationError(unknownReference('svc_1', 'serviceId'))).toEqual({
      code: 'UNKNOWN_REFERENCE',
      message: 'there is no svc_1',
      path: ['serviceId'],
      retryable: true,
    });
  });

  it('says what a transition may be instead', () => {
    expect(mutationError(refuse('INVALID_TRANSITION', 'no', { from: 'CLOSED', allowed: ['OPEN'] }))).toEqual({
      code: 'INVALID_TRANSITION',
      message: 'no',
      path: [],
      retryable: false,
      from: 'CLOSED',
      allowed: ['OPEN'],
    });
  });

  it('keeps details that are for programs inside to itself', () => {
    expect(mutationError(refuse('NO', 'no', { query: 'SELECT 1' }))).not.toHaveProperty('query');
  });
});

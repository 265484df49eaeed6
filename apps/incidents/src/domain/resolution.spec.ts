import { describe, expect, it } from '@jest/globals';
import { anIncident, colleague, NOW, responder, system } from '../../test/an-incident.js';
import { close, reopen, resolve, validateRecovery } from './resolution.js';

describe('resolution and recovery', () => {
  const resolved = anIncident({ state: 'RESOLVED', resolvedBy: responder.id });

  it.each(['P1', 'P2'] as const)('a %s cannot be closed before its recovery was validated', (priority) => {
    expect(close({ ...resolved, priority }, responder, NOW)).toMatchObject({
      ok: false,
      code: 'RECOVERY_NOT_VALIDATED',
    });
    expect(close({ ...resolved, priority, recoveryValidatedAt: NOW }, responder, NOW)).toMatchObject({
      ok: true,
      changes: { state: 'CLOSED', closedAt: NOW },
    });
  });

  it('who resolved it cannot validate its recovery; a second person can', () => {
    expect(validateRecovery(resolved, responder, NOW)).toMatchObject({ ok: false, code: 'SECOND_PERSON_REQUIRED' });
    expect(validateRecovery(resolved, colleague, NOW)).toMatchObject({ changes: { recoveryValidatedAt: NOW } });
  });

  it('what an all-clear resolved may be validated by anybody who handles incidents', () => {
    const cleared = { ...resolved, resolvedBy: system.id };
    expect(validateRecovery(cleared, responder, NOW).ok).toBe(true);
  });

  it('validating twice changes nothing', () => {
    const validated = { ...resolved, recoveryValidatedAt: NOW };
    expect(validateRecovery(validated, colleague, NOW)).toEqual({ ok: true, changes: {}, facts: [] });
  });

  it('reopening takes the resolution back, validation included', () => {
    expect(reopen({ ...resolved, recoveryValidatedAt: NOW }, 'still slow', responder, NOW)).toMatchObject({
      changes: {
        state: 'IN_PROGRESS',
        resolutionCode: null,
        resolutionNotes: null,
        resolvedBy: null,
        resolvedAt: null,
        recoveryValidatedAt: null,
      },
    });
  });

  it.each([
    ['notes', '  ', 'INVALID_INPUT'],
    ['notes', 'x'.repeat(10_001), 'INVALID_INPUT'],
  ])('resolution %s are asked for, within bounds', (field, notes, code) => {
    expect(resolve(anIncident(), { code: 'FIXED', notes }, responder, NOW)).toMatchObject({
      ok: false,
      code,
      detail: { path: [field] },
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { rollbackPolicy, type Certainty, type PolicyQuestion } from './rollback-policy.js';
import type { Priority, RollbackAdvice } from './vocabulary.js';

const CERTAINTIES: readonly Certainty[] = ['CONFIRMED', 'HIGH', 'MEDIUM', 'LOW'];

/** Rows: fresh or old x reversible or not. Columns: CONFIRMED, HIGH, MEDIUM, LOW. S suggest, A ask, - silent. */
const TABLE: Record<Priority, Record<string, string>> = {
  P1: { 'fresh with plan': 'SSAA', 'old with plan': 'SAAA', 'fresh without': 'AAAA', 'old without': 'AAAA' },
  P2: { 'fresh with plan': 'SSA-', 'old with plan': 'SAA-', 'fresh without': 'AAA-', 'old without': 'AAA-' },
  P3: { 'fresh with plan': 'SAA-', 'old with plan': 'SAA-', 'fresh without': 'AAA-', 'old without': 'AAA-' },
  P4: { 'fresh with plan': 'A---', 'old with plan': 'A---', 'fresh without': 'A---', 'old without': 'A---' },
};
const ADVICE: Record<string, RollbackAdvice> = { S: 'SUGGEST', A: 'ASK', '-': 'SILENT' };

const question: PolicyQuestion = {
  priority: 'P1',
  certainty: 'HIGH',
  ageMinutes: 5,
  reversible: true,
  isRollback: false,
  isLive: true,
  isIncidentOpen: true,
};

const cases = (Object.keys(TABLE) as Priority[]).flatMap((priority) =>
  Object.entries(TABLE[priority]).flatMap(([row, advice]) =>
    CERTAINTIES.map((certainty, column) => [priority, certainty, row, ADVICE[advice[column] ?? '']!] as const),
  ),
);

describe('the rollback policy', () => {
  it.each(cases)('%s, %s, %s: %s', (priority, certainty, row, advice) => {
    const ageMinutes = row.startsWith('fresh') ? 240 : 241;
    const asked = { ...question, priority, certainty, ageMinutes, reversible: row.endsWith('with plan') };
    const answer = rollbackPolicy(asked);
    expect(answer.advice).toBe(advice);
    expect(answer.reason).toContain(priority);
  });

  it.each([
    ['a rollback is not rolled back', { isRollback: true }, 'the change is itself a rollback'],
    ['what no longer runs needs no rollback', { isLive: false }, 'the deployment is no longer live'],
    ['an incident that is over needs no rollback', { isIncidentOpen: false }, 'the incident is over'],
  ])('%s', (_case, given, reason) => {
    for (const certainty of CERTAINTIES) {
      expect(rollbackPolicy({ ...question, certainty, ...given })).toEqual({ advice: 'SILENT', reason });
    }
  });

  it.each([
    [{}, 'P1 with high confidence, and the change has a rollback plan: roll it back'],
    [{ reversible: false }, 'P1 with high confidence, but the change has no rollback plan: people decide'],
    [{ ageMinutes: 500 }, 'P1 with high confidence, but live for more than 240 minutes: people decide'],
    [{ priority: 'P4' as const }, 'P4 with high confidence: no rollback for this'],
  ])('gives its reason in words: %p', (given, reason) => {
    expect(rollbackPolicy({ ...question, ...given }).reason).toBe(reason);
  });
});

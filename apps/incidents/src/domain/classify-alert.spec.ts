import { describe, expect, it } from '@jest/globals';
import { classifyAlert, classifyStatement, readSeverity } from './classify-alert.js';
import { DEFAULT_MATRIX, priorityOf } from './priority-matrix.js';
import { LEVELS } from './vocabulary.js';

describe('the default matrix', () => {
  it.each([
    ['HIGH', 'HIGH', 'P1'],
    ['HIGH', 'MEDIUM', 'P2'],
    ['HIGH', 'LOW', 'P3'],
    ['MEDIUM', 'HIGH', 'P2'],
    ['MEDIUM', 'MEDIUM', 'P3'],
    ['MEDIUM', 'LOW', 'P4'],
    ['LOW', 'HIGH', 'P3'],
    ['LOW', 'MEDIUM', 'P4'],
    ['LOW', 'LOW', 'P4'],
  ] as const)('impact %s, urgency %s is %s', (impact, urgency, priority) => {
    expect(priorityOf(DEFAULT_MATRIX, impact, urgency)).toBe(priority);
  });

  it('never gives more impact or urgency a lower priority', () => {
    const rank = (i: number, u: number): string => priorityOf(DEFAULT_MATRIX, LEVELS[i]!, LEVELS[u]!);
    for (const i of [0, 1]) {
      for (const u of [0, 1, 2]) {
        expect(rank(i, u) <= rank(i + 1, u)).toBe(true);
        expect(rank(u, i) <= rank(u, i + 1)).toBe(true);
      }
    }
  });
});

describe('classifying an alert', () => {
  it.each([
    ['critical', 'TIER_1', 'P1'],
    ['critical', 'TIER_2', 'P2'],
    ['error', 'TIER_1', 'P1'],
    ['warning', 'TIER_1', 'P2'],
    ['warning', 'TIER_2', 'P3'],
    ['warning', 'TIER_3', 'P4'],
    ['info', 'TIER_3', 'P4'],
  ] as const)('%s on %s is %s', (severityLabel, tier, priority) => {
    const classified = classifyAlert({ severityLabel, namesService: true }, { tier }, DEFAULT_MATRIX);
    expect(classified).toMatchObject({ priority, matrixVersion: 1, reasons: ['ALERT_SEVERITY', 'SERVICE_TIER'] });
  });

  it('an unknown or unnamed service has impact MEDIUM and says why', () => {
    expect(classifyAlert({ severityLabel: 'critical', namesService: true }, null, DEFAULT_MATRIX)).toMatchObject({
      impact: 'MEDIUM',
      priority: 'P2',
      reasons: ['ALERT_SEVERITY', 'SERVICE_UNKNOWN'],
    });
    expect(classifyAlert({ severityLabel: 'critical', namesService: false }, null, DEFAULT_MATRIX).reasons).toContain(
      'SERVICE_NOT_NAMED',
    );
  });

  it.each([
    [' Critical ', 'CRITICAL', 'ALERT_SEVERITY'],
    ['page', 'CRITICAL', 'ALERT_SEVERITY'],
    ['WARN', 'WARNING', 'ALERT_SEVERITY'],
    ['none', 'INFO', 'ALERT_SEVERITY'],
    ['sev-banana', 'WARNING', 'SEVERITY_UNKNOWN'],
    ['', 'WARNING', 'SEVERITY_MISSING'],
    [undefined, 'WARNING', 'SEVERITY_MISSING'],
  ])('the label %j means %s (%s)', (label, severity, reason) => {
    expect(readSeverity(label)).toEqual({ severity, reason });
  });

  it('a person states impact and urgency; the matrix gives the priority', () => {
    expect(classifyStatement('LOW', 'HIGH', DEFAULT_MATRIX)).toMatchObject({
      priority: 'P3',
      reasons: ['STATED_BY_PERSON'],
    });
  });
});

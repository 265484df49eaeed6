import type { Confidence, Priority, RollbackAdvice } from './vocabulary.js';

/** How sure we are of the cause: by the ranking, or because a person confirmed it. */
export type Certainty = Confidence | 'CONFIRMED';

/** Older than this, in minutes since the deployment, much may rest on a change: people are asked before a rollback is suggested. */
export const FRESH_FOR_MINUTES = 240;

/** What the policy looks at. */
export interface PolicyQuestion {
  readonly priority: Priority;
  readonly certainty: Certainty;
  /** Since the deployment. */
  readonly ageMinutes: number;
  /** Whether the change says how to go back. */
  readonly reversible: boolean;
  /** Whether the change is itself a rollback. */
  readonly isRollback: boolean;
  /** Whether the deployment is still what runs. */
  readonly isLive: boolean;
  /** Whether the incident still needs a remedy. */
  readonly isIncidentOpen: boolean;
}

export interface PolicyAnswer {
  readonly advice: RollbackAdvice;
  /** The row that decided, in words. */
  readonly reason: string;
}

/** Priority x certainty, for a fresh change that can be taken back. */
export const ADVICE: Readonly<Record<Priority, Readonly<Record<Certainty, RollbackAdvice>>>> = {
  P1: { CONFIRMED: 'SUGGEST', HIGH: 'SUGGEST', MEDIUM: 'ASK', LOW: 'ASK' },
  P2: { CONFIRMED: 'SUGGEST', HIGH: 'SUGGEST', MEDIUM: 'ASK', LOW: 'SILENT' },
  P3: { CONFIRMED: 'SUGGEST', HIGH: 'ASK', MEDIUM: 'ASK', LOW: 'SILENT' },
  P4: { CONFIRMED: 'ASK', HIGH: 'SILENT', MEDIUM: 'SILENT', LOW: 'SILENT' },
};

const CAUSE: Readonly<Record<Certainty, string>> = {
  CONFIRMED: 'a confirmed cause',
  HIGH: 'high confidence',
  MEDIUM: 'medium confidence',
  LOW: 'low confidence',
};

const MEANING: Readonly<Record<RollbackAdvice, string>> = {
  SUGGEST: 'roll it back',
  ASK: 'people decide',
  SILENT: 'no rollback for this',
};

/** Suggest, ask or stay silent about rolling a suspect back, with the reason in words. */
export function rollbackPolicy(question: PolicyQuestion): PolicyAnswer {
  const { priority, certainty, ageMinutes, reversible } = question;
  const pointless = whyPointless(question);
  if (pointless) return { advice: 'SILENT', reason: pointless };
  const advice = ADVICE[priority][certainty];
  const found = `${priority} with ${CAUSE[certainty]}`;
  if (advice !== 'SUGGEST') return { advice, reason: `${found}: ${MEANING[advice]}` };
  if (!reversible) return { advice: 'ASK', reason: `${found}, but the change has no rollback plan: people decide` };
  if (ageMinutes > FRESH_FOR_MINUTES && certainty !== 'CONFIRMED') {
    return { advice: 'ASK', reason: `${found}, but live for more than ${FRESH_FOR_MINUTES} minutes: people decide` };
  }
  return { advice, reason: `${found}, and the change has a rollback plan: ${MEANING[advice]}` };
}

function whyPointless({ isRollback, isLive, isIncidentOpen }: PolicyQuestion): string | null {
  if (!isIncidentOpen) return 'the incident is over';
  if (!isLive) return 'the deployment is no longer live';
  return isRollback ? 'the change is itself a rollback' : null;
}

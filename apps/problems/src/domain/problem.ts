import type { Decision } from '@graphdesk/decisions';
import type { ProblemFact } from './problem-facts.js';
import type { ProblemRefusal } from './problem-refusals.js';
import type { ProblemOrigin, ProblemState, ResolutionCode } from './vocabulary.js';

/** The cause, or potential cause, of one or more incidents. */
export interface Problem {
  readonly id: string;
  /** Per tenant, without gaps; people see `PRB-<number>`. */
  readonly number: number;
  readonly title: string;
  readonly state: ProblemState;
  readonly origin: ProblemOrigin;
  readonly serviceId: string | null;
  /** What the incidents of a proposed problem share; null when a person raised it. At most one open problem per service has it. */
  readonly signature: string | null;
  /** How it shows. */
  readonly symptom: string | null;
  /** Why it happens. A problem whose cause is known is a known error. */
  readonly rootCause: string | null;
  /** What helps until it is fixed. */
  readonly workaround: string | null;
  readonly resolutionCode: ResolutionCode | null;
  readonly resolutionNotes: string | null;
  /** Where it was imported from, and what it is called there; both null when it was raised here. */
  readonly externalSystem: string | null;
  readonly externalId: string | null;
  readonly raisedAt: Date;
  readonly closedAt: Date | null;
  /** How many events it has published: 1, 2, 3 … */
  readonly version: number;
}

/** The answer of every rule about a problem. */
export type ProblemDecision = Decision<Problem, ProblemFact, ProblemRefusal>;

/** A known error helps whoever meets it: its cause is known, and it was not fixed. */
export function isKnownError(problem: Pick<Problem, 'rootCause' | 'resolutionCode'>): boolean {
  const over = problem.resolutionCode !== null && problem.resolutionCode !== 'RISK_ACCEPTED';
  return problem.rootCause !== null && !over;
}

/** Where a problem stands. */
export const PROBLEM_STATES = [
  'NEW',
  'ASSESS',
  'ROOT_CAUSE_ANALYSIS',
  'FIX_IN_PROGRESS',
  'RESOLVED',
  'CLOSED',
] as const;
export type ProblemState = (typeof PROBLEM_STATES)[number];

/** How a problem ended. */
export const RESOLUTION_CODES = ['FIX_APPLIED', 'RISK_ACCEPTED', 'DUPLICATE', 'CANCELED'] as const;
export type ResolutionCode = (typeof RESOLUTION_CODES)[number];

/** Who raised a problem: this service, because incidents recurred; a person; or another system, from which it was imported. */
export const PROBLEM_ORIGINS = ['RECURRENCE', 'PERSON', 'IMPORT'] as const;
export type ProblemOrigin = (typeof PROBLEM_ORIGINS)[number];

/** Why an incident belongs to a problem. */
export const LINK_REASONS = ['RECURRENCE', 'BY_HAND', 'IMPORT'] as const;
export type LinkReason = (typeof LINK_REASONS)[number];

/** Why two incidents are alike. */
export const SIMILARITY_REASONS = ['SAME_SERVICE_AND_SIGNATURE'] as const;
export type SimilarityReason = (typeof SIMILARITY_REASONS)[number];

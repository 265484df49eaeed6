import { z } from 'zod';

/** Where a problem stands. */
export const problemStateSchema = z.enum([
  'NEW',
  'ASSESS',
  'ROOT_CAUSE_ANALYSIS',
  'FIX_IN_PROGRESS',
  'RESOLVED',
  'CLOSED',
]);
export type ProblemState = z.infer<typeof problemStateSchema>;

/** How a problem ended. */
export const problemResolutionCodeSchema = z.enum(['FIX_APPLIED', 'RISK_ACCEPTED', 'DUPLICATE', 'CANCELED']);
export type ProblemResolutionCode = z.infer<typeof problemResolutionCodeSchema>;

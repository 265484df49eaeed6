import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { problemResolutionCodeSchema, problemStateSchema } from './vocabulary.js';

/** Published when: nothing more is done about the problem. */
export const problemClosedV1 = defineEvent({
  service: 'problems',
  aggregateType: 'problem',
  name: 'problem-closed',
  version: 1,
  schema: z.object({
    /** Before. */
    from: problemStateSchema,
    /** How it ended. */
    resolutionCode: problemResolutionCodeSchema,
    /** What was done, or why nothing. */
    notes: z.string(),
    /** When. */
    closedAt: z.iso.datetime(),
  }),
});

export type ProblemClosedV1 = DataOf<typeof problemClosedV1>;

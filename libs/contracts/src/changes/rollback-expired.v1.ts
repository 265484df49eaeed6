import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: nobody decided about a suggestion and nobody needs to any more. */
export const rollbackExpiredV1 = defineEvent({
  service: 'changes',
  aggregateType: 'rollback-suggestion',
  name: 'rollback-expired',
  version: 1,
  schema: z.object({
    /** What was broken. */
    incidentId: z.string(),
    /** What stays, or was taken back for another incident. */
    changeId: z.string(),
    /** Why, in words. */
    reason: z.string(),
  }),
});

export type RollbackExpiredV1 = DataOf<typeof rollbackExpiredV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: nobody decided about a suggestion in time, or nobody needs to any more. */
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
    /** For people: CHG-<number>. Absent in old events. */
    changeNumber: z.int().min(1).optional(),
    /** Why, in words. */
    reason: z.string(),
    /** True when its time ran out; absent when nobody needed to decide any more. */
    unanswered: z.literal(true).optional(),
  }),
});

export type RollbackExpiredV1 = DataOf<typeof rollbackExpiredV1>;

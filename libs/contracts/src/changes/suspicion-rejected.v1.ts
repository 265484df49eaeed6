import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a person rejected the suspicion. */
export const suspicionRejectedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'suspected-change',
  name: 'suspicion-rejected',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What did not cause it. */
    changeId: z.string(),
    /** For people: CHG-<number>. Absent in old events. */
    changeNumber: z.int().min(1).optional(),
    /** Who says so. */
    by: z.string(),
    /** Why, in words. */
    reason: z.string(),
  }),
});

export type SuspicionRejectedV1 = DataOf<typeof suspicionRejectedV1>;

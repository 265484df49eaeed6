import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a person declined. */
export const rollbackDeclinedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'rollback-suggestion',
  name: 'rollback-declined',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What stays. */
    changeId: z.string(),
    /** Who. */
    declinedBy: z.string(),
    /** Why, in words. */
    reason: z.string(),
  }),
});

export type RollbackDeclinedV1 = DataOf<typeof rollbackDeclinedV1>;

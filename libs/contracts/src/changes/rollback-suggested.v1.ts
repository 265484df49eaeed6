import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: policy suggests to roll a suspected change back. */
export const rollbackSuggestedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'rollback-suggestion',
  name: 'rollback-suggested',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What to take back. */
    changeId: z.string(),
    /** For people: CHG-<number>. */
    changeNumber: z.int().min(1),
    /** The suspicion behind it. */
    suspectedChangeId: z.string(),
    /** The policy row that decided, in words. */
    reason: z.string(),
  }),
});

export type RollbackSuggestedV1 = DataOf<typeof rollbackSuggestedV1>;

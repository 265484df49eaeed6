import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the suspicion behind a suggestion was rejected. */
export const rollbackWithdrawnV1 = defineEvent({
  service: 'changes',
  aggregateType: 'rollback-suggestion',
  name: 'rollback-withdrawn',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What stays. */
    changeId: z.string(),
  }),
});

export type RollbackWithdrawnV1 = DataOf<typeof rollbackWithdrawnV1>;

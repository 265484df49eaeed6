import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the deployment of the rollback failed. */
export const rollbackFailedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'rollback-suggestion',
  name: 'rollback-failed',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What is still live. */
    changeId: z.string(),
    /** The change that should have taken it back. */
    rollbackChangeId: z.string(),
  }),
});

export type RollbackFailedV1 = DataOf<typeof rollbackFailedV1>;

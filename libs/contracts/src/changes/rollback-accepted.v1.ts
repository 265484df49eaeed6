import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a person accepted; the rollback is now a change of its own. */
export const rollbackAcceptedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'rollback-suggestion',
  name: 'rollback-accepted',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What is taken back. */
    changeId: z.string(),
    /** The change that takes it back. */
    rollbackChangeId: z.string(),
    /** Who. */
    acceptedBy: z.string(),
  }),
});

export type RollbackAcceptedV1 = DataOf<typeof rollbackAcceptedV1>;

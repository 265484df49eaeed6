import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the rollback was deployed. */
export const rollbackSucceededV1 = defineEvent({
  service: 'changes',
  aggregateType: 'rollback-suggestion',
  name: 'rollback-succeeded',
  version: 1,
  schema: z.object({
    /** What was broken. */
    incidentId: z.string(),
    /** What was taken back. */
    changeId: z.string(),
    /** The change that took it back. */
    rollbackChangeId: z.string(),
  }),
});

export type RollbackSucceededV1 = DataOf<typeof rollbackSucceededV1>;

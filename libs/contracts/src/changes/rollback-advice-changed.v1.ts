import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { rollbackAdviceSchema } from './vocabulary.js';

/** Published when: the rollback policy was asked again about a suspicion (its incident has another priority) and answered otherwise. */
export const rollbackAdviceChangedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'suspected-change',
  name: 'rollback-advice-changed',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What may have caused it. */
    changeId: z.string(),
    /** What the policy says now. */
    advice: rollbackAdviceSchema,
    /** The policy row that decided, in words. */
    reason: z.string(),
  }),
});

export type RollbackAdviceChangedV1 = DataOf<typeof rollbackAdviceChangedV1>;

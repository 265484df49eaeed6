import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { confidenceSchema, suspicionReasonSchema } from './vocabulary.js';

/** Published when: a change is suspected to have caused an incident. */
export const changeSuspectedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'suspected-change',
  name: 'change-suspected',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What may have caused it. */
    changeId: z.string(),
    /** For people: CHG-<number>. */
    changeNumber: z.int().min(1),
    /** The deployment that made it live. */
    deploymentId: z.string(),
    /** From the table of reasons. */
    confidence: confidenceSchema,
    /** Why, from a closed list. */
    reasons: z.array(suspicionReasonSchema).min(1),
    /** From the deployment to the incident; negative when the deployment came after. */
    minutesBefore: z.number(),
  }),
});

export type ChangeSuspectedV1 = DataOf<typeof changeSuspectedV1>;

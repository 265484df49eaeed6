import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { dismissalSchema } from './vocabulary.js';

/** Published when: the search for suspects of an incident passed over changes, or over others than before; carries them all. */
export const changesDismissedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'suspect-search',
  name: 'changes-dismissed',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** Each change once, 20 at most; none that is suspected. */
    dismissed: z.array(
      z.object({
        /** What was considered and is not suspected. */
        changeId: z.string(),
        /** For people: CHG-<number>. */
        changeNumber: z.int().min(1),
        /** The deployment that was looked at. */
        deploymentId: z.string(),
        /** Why not. */
        reason: dismissalSchema,
        /** From the deployment to the incident; negative when the deployment came after. */
        minutesBefore: z.number(),
      }),
    ),
  }),
});

export type ChangesDismissedV1 = DataOf<typeof changesDismissedV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a person confirmed the suspicion. */
export const suspicionConfirmedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'suspected-change',
  name: 'suspicion-confirmed',
  version: 1,
  schema: z.object({
    /** What is broken. */
    incidentId: z.string(),
    /** What caused it. */
    changeId: z.string(),
    /** For people: CHG-<number>. Absent in old events. */
    changeNumber: z.int().min(1).optional(),
    /** Who says so. */
    by: z.string(),
  }),
});

export type SuspicionConfirmedV1 = DataOf<typeof suspicionConfirmedV1>;

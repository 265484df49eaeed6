import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { slaMeasureSchema } from './vocabulary.js';

/** Published when: time counts again. */
export const slaClockResumedV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-resumed',
  version: 1,
  schema: z.object({
    /** The incident whose clock it is. */
    incidentId: z.string(),
    /** What is measured. */
    measure: slaMeasureSchema,
    /** Whether the time since the resolution counts after all, because the fix did not hold. */
    gapCounted: z.boolean(),
    /** From when. */
    resumedAt: z.iso.datetime(),
  }),
});

export type SlaClockResumedV1 = DataOf<typeof slaClockResumedV1>;

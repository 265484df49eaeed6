import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { slaMeasureSchema } from './vocabulary.js';

/** Published when: time stopped counting for a while. */
export const slaClockPausedV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-paused',
  version: 1,
  schema: z.object({
    /** The incident whose clock it is. */
    incidentId: z.string(),
    /** What is measured. */
    measure: slaMeasureSchema,
    /** Why: work waits for something outside, or the fix has yet to be seen to hold. */
    reason: z.enum(['ON_HOLD', 'RESOLVED']),
    /** From when. */
    pausedAt: z.iso.datetime(),
  }),
});

export type SlaClockPausedV1 = DataOf<typeof slaClockPausedV1>;

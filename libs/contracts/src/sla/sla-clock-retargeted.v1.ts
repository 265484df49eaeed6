import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { prioritySchema } from '../incidents/vocabulary.js';
import { slaMeasureSchema } from './vocabulary.js';

/** Published when: the incident's priority changed and with it the target; time elapsed and pauses stay. */
export const slaClockRetargetedV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-retargeted',
  version: 1,
  schema: z.object({
    /** The incident whose clock it is. */
    incidentId: z.string(),
    /** What is measured. */
    measure: slaMeasureSchema,
    /** The priority from now on. */
    priority: prioritySchema,
    /** The one before. */
    previousPriority: prioritySchema,
    /** Counted minutes after which the clock is breached, from now on. */
    targetMinutes: z.int().min(1),
    /** The target before. */
    previousTargetMinutes: z.int().min(1),
    /** The version that gave both targets. */
    policyVersion: z.int().min(1),
    /** From when. */
    retargetedAt: z.iso.datetime(),
  }),
});

export type SlaClockRetargetedV1 = DataOf<typeof slaClockRetargetedV1>;

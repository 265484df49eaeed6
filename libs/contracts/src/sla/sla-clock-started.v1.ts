import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { incidentOriginSchema, prioritySchema } from '../incidents/vocabulary.js';
import { slaMeasureSchema } from './vocabulary.js';

/** Published when: a clock began to run for an incident. */
export const slaClockStartedV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-started',
  version: 1,
  schema: z.object({
    /** The incident whose clock it is. */
    incidentId: z.string(),
    /** What is measured. */
    measure: slaMeasureSchema,
    /** The incident's priority, which gave the target. */
    priority: prioritySchema,
    /** Counted minutes after which the clock is breached. */
    targetMinutes: z.int().min(1),
    /** The policy that gave the target. */
    policyId: z.string(),
    /** The version of the policy; the clock keeps it for life. */
    policyVersion: z.int().min(1),
    /** IMPORT marks a clock that is computed for the record: nobody is told or escalated to. */
    origin: incidentOriginSchema,
    /** From when it counts: the incident's declaration. */
    startedAt: z.iso.datetime(),
  }),
});

export type SlaClockStartedV1 = DataOf<typeof slaClockStartedV1>;

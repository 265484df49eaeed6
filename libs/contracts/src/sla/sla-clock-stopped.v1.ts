import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { slaMeasureSchema } from './vocabulary.js';

/** Published when: what the clock measures was reached. */
export const slaClockStoppedV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-stopped',
  version: 1,
  schema: z.object({
    /** The incident whose clock it is. */
    incidentId: z.string(),
    /** What is measured. */
    measure: slaMeasureSchema,
    /** What stopped it. */
    reason: z.enum(['ACKNOWLEDGED', 'RESOLVED', 'RECOVERY_VALIDATED', 'CLOSED']),
    /** Counted time in all. */
    elapsedSeconds: z.int().min(0),
    /** The target it was measured against. */
    targetMinutes: z.int().min(1),
    /** Whether more time counted than the target allows. */
    breached: z.boolean(),
    /** As of when; for a validated recovery the moment of the resolution. */
    stoppedAt: z.iso.datetime(),
  }),
});

export type SlaClockStoppedV1 = DataOf<typeof slaClockStoppedV1>;

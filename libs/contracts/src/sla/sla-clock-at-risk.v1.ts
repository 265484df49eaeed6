import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { slaMeasureSchema } from './vocabulary.js';

/** Published when: a running clock has used up its warning share of the target. */
export const slaClockAtRiskV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-at-risk',
  version: 1,
  schema: z.object({
    /** The incident whose clock it is. */
    incidentId: z.string(),
    /** What is measured. */
    measure: slaMeasureSchema,
    /** The share of the target that was reached, in percent. */
    percent: z.int().min(1).max(100),
    /** The target it is measured against. */
    targetMinutes: z.int().min(1),
    /** When it was reached, however late it was noticed. */
    atRiskAt: z.iso.datetime(),
    /** When the clock breaches if it keeps running. */
    dueAt: z.iso.datetime(),
  }),
});

export type SlaClockAtRiskV1 = DataOf<typeof slaClockAtRiskV1>;

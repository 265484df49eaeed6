import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { slaMeasureSchema } from './vocabulary.js';

/** Published when: more time counted on a running clock than its target allows. A stop as of an earlier moment corrects it. */
export const slaClockBreachedV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-breached',
  version: 1,
  schema: z.object({
    /** The incident whose clock it is. */
    incidentId: z.string(),
    /** What is measured. */
    measure: slaMeasureSchema,
    /** The target that was missed. */
    targetMinutes: z.int().min(1),
    /** The true moment of the breach, however late it was noticed. */
    breachedAt: z.iso.datetime(),
  }),
});

export type SlaClockBreachedV1 = DataOf<typeof slaClockBreachedV1>;

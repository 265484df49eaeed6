import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { slaMeasureSchema } from './vocabulary.js';

/** Published when: the incident was none, so nothing is measured. */
export const slaClockCanceledV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-clock',
  name: 'sla-clock-canceled',
  version: 1,
  schema: z.object({
    /** The incident whose clock it is. */
    incidentId: z.string(),
    /** What is measured. */
    measure: slaMeasureSchema,
    /** When. */
    canceledAt: z.iso.datetime(),
  }),
});

export type SlaClockCanceledV1 = DataOf<typeof slaClockCanceledV1>;

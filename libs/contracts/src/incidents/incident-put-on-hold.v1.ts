import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { onHoldReasonSchema } from './vocabulary.js';

/** Published when: work waits for something outside. */
export const incidentPutOnHoldV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-put-on-hold',
  version: 1,
  schema: z.object({
    /** What it waits for. */
    reason: onHoldReasonSchema,
    /** When. */
    heldAt: z.iso.datetime(),
  }),
});

export type IncidentPutOnHoldV1 = DataOf<typeof incidentPutOnHoldV1>;

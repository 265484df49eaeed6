import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: work goes on after a hold. */
export const incidentResumedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-resumed',
  version: 1,
  schema: z.object({
    /** When. */
    resumedAt: z.iso.datetime(),
  }),
});

export type IncidentResumedV1 = DataOf<typeof incidentResumedV1>;

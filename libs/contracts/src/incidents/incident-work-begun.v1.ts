import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: work began with nobody accountable, as another system that we import from may have it. Otherwise it is incident-acknowledged. */
export const incidentWorkBegunV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-work-begun',
  version: 1,
  schema: z.object({
    /** When. */
    begunAt: z.iso.datetime(),
  }),
});

export type IncidentWorkBegunV1 = DataOf<typeof incidentWorkBegunV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: somebody took the incident in hand. */
export const incidentAcknowledgedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-acknowledged',
  version: 1,
  schema: z.object({
    /** The person. */
    acknowledgedBy: z.string(),
    /** When. */
    acknowledgedAt: z.iso.datetime(),
    /** The accountable person from now on. */
    ownerId: z.string(),
  }),
});

export type IncidentAcknowledgedV1 = DataOf<typeof incidentAcknowledgedV1>;

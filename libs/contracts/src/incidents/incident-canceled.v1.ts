import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: it was no incident, or a duplicate of another. */
export const incidentCanceledV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-canceled',
  version: 1,
  schema: z.object({
    /** Why, in words. */
    reason: z.string(),
    /** When. */
    canceledAt: z.iso.datetime(),
  }),
});

export type IncidentCanceledV1 = DataOf<typeof incidentCanceledV1>;

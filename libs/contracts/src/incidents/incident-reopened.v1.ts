import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the fix did not hold. */
export const incidentReopenedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-reopened',
  version: 1,
  schema: z.object({
    /** What was seen. */
    reason: z.string(),
    /** When. */
    reopenedAt: z.iso.datetime(),
  }),
});

export type IncidentReopenedV1 = DataOf<typeof incidentReopenedV1>;

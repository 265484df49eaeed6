import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: accountability moved to another person. */
export const incidentAssignedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-assigned',
  version: 1,
  schema: z.object({
    /** The new accountable person. */
    ownerId: z.string(),
    /** The one before. */
    previousOwnerId: z.string().nullable(),
    /** Why, in words. */
    reason: z.string(),
  }),
});

export type IncidentAssignedV1 = DataOf<typeof incidentAssignedV1>;

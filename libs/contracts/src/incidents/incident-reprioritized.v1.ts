import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { levelSchema, prioritySchema } from './vocabulary.js';

/** Published when: impact or urgency was assessed anew. */
export const incidentReprioritizedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-reprioritized',
  version: 1,
  schema: z.object({
    /** How much of the business is hurt. */
    impact: levelSchema,
    /** How soon it hurts. */
    urgency: levelSchema,
    /** From the tenant's matrix, never set by hand. */
    priority: prioritySchema,
    /** The version of the matrix that gave the priority. */
    matrixVersion: z.int().min(1),
    /** Why, in words. */
    reason: z.string(),
  }),
});

export type IncidentReprioritizedV1 = DataOf<typeof incidentReprioritizedV1>;

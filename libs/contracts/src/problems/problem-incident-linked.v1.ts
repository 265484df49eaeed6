import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: one more incident belongs to the problem. */
export const problemIncidentLinkedV1 = defineEvent({
  service: 'problems',
  aggregateType: 'problem',
  name: 'problem-incident-linked',
  version: 1,
  schema: z.object({
    /** The incident. */
    incidentId: z.string(),
    /** Same service and signature as the problem, a person's judgement, or another system's, from which both were imported. */
    reason: z.enum(['RECURRENCE', 'BY_HAND', 'IMPORT']),
    /** When. */
    linkedAt: z.iso.datetime(),
  }),
});

export type ProblemIncidentLinkedV1 = DataOf<typeof problemIncidentLinkedV1>;

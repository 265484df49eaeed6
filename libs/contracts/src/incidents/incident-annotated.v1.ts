import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: something that happened elsewhere was put on the timeline. */
export const incidentAnnotatedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-annotated',
  version: 1,
  schema: z.object({
    /** What happened. */
    kind: z.enum([
      'CHANGE_SUSPECTED',
      'SUSPICION_CONFIRMED',
      'SUSPICION_REJECTED',
      'ROLLBACK_SUGGESTED',
      'ROLLBACK_SUCCEEDED',
      'ROLLBACK_FAILED',
      'ROLLBACK_EXPIRED',
      'PROBLEM_PROPOSED',
    ]),
    /** The id of what it is about. */
    referenceId: z.string(),
    /** One line for people. */
    text: z.string(),
  }),
});

export type IncidentAnnotatedV1 = DataOf<typeof incidentAnnotatedV1>;

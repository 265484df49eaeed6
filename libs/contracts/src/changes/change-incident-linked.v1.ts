import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { incidentRelationSchema } from './vocabulary.js';

/** Published when: another system, from which both were imported, says what a change has to do with an incident. */
export const changeIncidentLinkedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'change',
  name: 'change-incident-linked',
  version: 1,
  schema: z.object({
    /** The incident. */
    incidentId: z.string(),
    /** Whether the incident asked for the change, or the change caused it. */
    relation: incidentRelationSchema,
    /** Since when the other system says so. */
    linkedAt: z.iso.datetime(),
  }),
});

export type ChangeIncidentLinkedV1 = DataOf<typeof changeIncidentLinkedV1>;

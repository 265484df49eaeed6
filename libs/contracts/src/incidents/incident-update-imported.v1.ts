import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: an import found an entry that changes nothing we keep, or whose words belong to no other event of it. */
export const incidentUpdateImportedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-update-imported',
  version: 1,
  schema: z.object({
    /** Where it stands in the source, such as line 17. */
    reference: z.string(),
    /** What the source says, in words. */
    text: z.string(),
  }),
});

export type IncidentUpdateImportedV1 = DataOf<typeof incidentUpdateImportedV1>;

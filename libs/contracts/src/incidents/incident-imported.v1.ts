import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: an import has taken an incident, or more of its entries, from another system; the last of the events that it takes. */
export const incidentImportedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-imported',
  version: 1,
  schema: z.object({
    /** The other system, such as servicenow. */
    system: z.string(),
    /** Its name there. */
    externalId: z.string(),
    /** How many entries were added. */
    entries: z.int().min(1),
  }),
});

export type IncidentImportedV1 = DataOf<typeof incidentImportedV1>;

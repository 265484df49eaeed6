import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: nothing is left to do. */
export const incidentClosedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-closed',
  version: 1,
  schema: z.object({
    /** When. */
    closedAt: z.iso.datetime(),
  }),
});

export type IncidentClosedV1 = DataOf<typeof incidentClosedV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { severitySchema } from './vocabulary.js';

/** Published when: an alert of the same cause joined an open incident, or one of its alerts changed its status. */
export const incidentAlertAttachedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-alert-attached',
  version: 1,
  schema: z.object({
    /** The alert. */
    alertId: z.string(),
    /** Its name at the source. */
    name: z.string(),
    /** What the source says now. */
    status: z.enum(['FIRING', 'RESOLVED']),
    /** As the source rates it, technically. */
    severity: severitySchema,
  }),
});

export type IncidentAlertAttachedV1 = DataOf<typeof incidentAlertAttachedV1>;

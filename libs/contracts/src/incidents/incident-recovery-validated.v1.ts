import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the fix was seen to hold. */
export const incidentRecoveryValidatedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-recovery-validated',
  version: 1,
  schema: z.object({
    /** Who saw it. */
    validatedBy: z.string(),
    /** When. */
    validatedAt: z.iso.datetime(),
  }),
});

export type IncidentRecoveryValidatedV1 = DataOf<typeof incidentRecoveryValidatedV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { resolutionCodeSchema } from './vocabulary.js';

/** Published when: service is restored; for P1 and P2 provisional until recovery is validated. */
export const incidentResolvedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-resolved',
  version: 1,
  schema: z.object({
    /** What restored it. */
    resolutionCode: resolutionCodeSchema,
    /** What was done. */
    notes: z.string(),
    /** A person, or system:<service>. */
    resolvedBy: z.string(),
    /** When. */
    resolvedAt: z.iso.datetime(),
  }),
});

export type IncidentResolvedV1 = DataOf<typeof incidentResolvedV1>;

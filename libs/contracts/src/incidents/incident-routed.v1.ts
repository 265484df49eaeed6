import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: another team works on an incident, or nobody is accountable any more. To another person alone it is incident-assigned. */
export const incidentRoutedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-routed',
  version: 1,
  schema: z.object({
    /** The team that works on it from now on; null when none is named. */
    teamId: z.string().nullable(),
    /** The one before. */
    previousTeamId: z.string().nullable(),
    /** The accountable person from now on; null when nobody is, which happens to imports alone. */
    ownerId: z.string().nullable(),
    /** The one before. */
    previousOwnerId: z.string().nullable(),
    /** Why, in words. */
    reason: z.string(),
  }),
});

export type IncidentRoutedV1 = DataOf<typeof incidentRoutedV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a resolution has held for the recovery window; an alert of the same kind is a new incident from now on. */
export const incidentRecoveryWindowEndedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-recovery-window-ended',
  version: 1,
  schema: z.object({
    /** How long the window was. */
    minutes: z.int().min(1),
    /** When it ended, however late that was noticed. */
    endedAt: z.iso.datetime(),
  }),
});

export type IncidentRecoveryWindowEndedV1 = DataOf<typeof incidentRecoveryWindowEndedV1>;

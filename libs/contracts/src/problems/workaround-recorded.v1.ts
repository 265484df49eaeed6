import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a workaround was found or corrected. */
export const workaroundRecordedV1 = defineEvent({
  service: 'problems',
  aggregateType: 'problem',
  name: 'workaround-recorded',
  version: 1,
  schema: z.object({
    /** What helps until it is fixed. */
    workaround: z.string(),
    /** When. */
    recordedAt: z.iso.datetime(),
  }),
});

export type WorkaroundRecordedV1 = DataOf<typeof workaroundRecordedV1>;

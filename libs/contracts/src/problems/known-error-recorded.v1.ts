import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the root cause was found or corrected: the problem is a known error. */
export const knownErrorRecordedV1 = defineEvent({
  service: 'problems',
  aggregateType: 'problem',
  name: 'known-error-recorded',
  version: 1,
  schema: z.object({
    /** How it shows. */
    symptom: z.string().nullable(),
    /** Why it happens. */
    rootCause: z.string(),
    /** What helps until it is fixed. */
    workaround: z.string().nullable(),
    /** When. */
    recordedAt: z.iso.datetime(),
  }),
});

export type KnownErrorRecordedV1 = DataOf<typeof knownErrorRecordedV1>;

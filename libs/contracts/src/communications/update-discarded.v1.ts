import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { updateOccasionSchema } from './vocabulary.js';

/** Published when: an update will never be sent. */
export const updateDiscardedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'stakeholder-update',
  name: 'update-discarded',
  version: 1,
  schema: z.object({
    /** What it is about. */
    incidentId: z.string(),
    /** What made it due. */
    occasion: updateOccasionSchema,
    /** Who. */
    discardedBy: z.string(),
    /** When. */
    discardedAt: z.iso.datetime(),
  }),
});

export type UpdateDiscardedV1 = DataOf<typeof updateDiscardedV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { updateAudienceSchema, updateOccasionSchema } from './vocabulary.js';

/** Published when: somebody answers for the words: the update may be sent. */
export const updateApprovedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'stakeholder-update',
  name: 'update-approved',
  version: 1,
  schema: z.object({
    /** What it is about. */
    incidentId: z.string(),
    /** What made it due. */
    occasion: updateOccasionSchema,
    /** For whom. */
    audience: updateAudienceSchema,
    /** One line of plain text. */
    subject: z.string(),
    /** Markdown. */
    body: z.string(),
    /** Who. */
    approvedBy: z.string(),
    /** When. */
    approvedAt: z.iso.datetime(),
  }),
});

export type UpdateApprovedV1 = DataOf<typeof updateApprovedV1>;

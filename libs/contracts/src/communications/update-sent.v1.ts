import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { updateAudienceSchema, updateOccasionSchema } from './vocabulary.js';

/** Published when: an update was handed over to be delivered: one notification per recipient is queued, and nothing stops it any more. */
export const updateSentV1 = defineEvent({
  service: 'communications',
  aggregateType: 'stakeholder-update',
  name: 'update-sent',
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
    /** How many are told. */
    recipients: z.int().min(1),
    /** Who. */
    sentBy: z.string(),
    /** When. */
    sentAt: z.iso.datetime(),
  }),
});

export type UpdateSentV1 = DataOf<typeof updateSentV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { updateAudienceSchema, updateOccasionSchema } from './vocabulary.js';

/** Published when: there is something to tell and a draft to tell it with. */
export const updateDraftedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'stakeholder-update',
  name: 'update-drafted',
  version: 1,
  schema: z.object({
    /** What it is about. */
    incidentId: z.string(),
    /** What made it due; one draft per incident and occasion. */
    occasion: updateOccasionSchema,
    /** For whom. */
    audience: updateAudienceSchema,
    /** One line of plain text. */
    subject: z.string(),
    /** Markdown. */
    body: z.string(),
    /** The version of the template it was made from. */
    templateVersion: z.int().min(1),
    /** When. */
    draftedAt: z.iso.datetime(),
  }),
});

export type UpdateDraftedV1 = DataOf<typeof updateDraftedV1>;

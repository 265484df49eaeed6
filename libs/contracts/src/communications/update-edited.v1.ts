import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { updateAudienceSchema } from './vocabulary.js';

/** Published when: somebody reworded a draft. */
export const updateEditedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'stakeholder-update',
  name: 'update-edited',
  version: 1,
  schema: z.object({
    /** What it is about. */
    incidentId: z.string(),
    /** For whom. */
    audience: updateAudienceSchema,
    /** One line of plain text. */
    subject: z.string(),
    /** Markdown. */
    body: z.string(),
    /** Who. */
    editedBy: z.string(),
    /** When. */
    editedAt: z.iso.datetime(),
  }),
});

export type UpdateEditedV1 = DataOf<typeof updateEditedV1>;

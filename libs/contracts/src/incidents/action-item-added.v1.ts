import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: somebody was given something to do because of an incident, so that it does not come back. */
export const actionItemAddedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'action-item',
  name: 'action-item-added',
  version: 1,
  schema: z.object({
    /** The incident that it follows from. */
    incidentId: z.string(),
    /** What is to be done, in one line. */
    title: z.string(),
    /** The one person who answers for it. */
    ownerId: z.string(),
    /** Until when. */
    dueAt: z.iso.datetime(),
  }),
});

export type ActionItemAddedV1 = DataOf<typeof actionItemAddedV1>;

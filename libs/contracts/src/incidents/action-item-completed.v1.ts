import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: an action item was done. */
export const actionItemCompletedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'action-item',
  name: 'action-item-completed',
  version: 1,
  schema: z.object({
    /** Who said so: its owner, or somebody who handles incidents. */
    completedBy: z.string(),
    /** When. */
    completedAt: z.iso.datetime(),
  }),
});

export type ActionItemCompletedV1 = DataOf<typeof actionItemCompletedV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: an action item will not be done. */
export const actionItemDroppedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'action-item',
  name: 'action-item-dropped',
  version: 1,
  schema: z.object({
    /** Why not. */
    reason: z.string(),
    /** When that was decided. */
    droppedAt: z.iso.datetime(),
  }),
});

export type ActionItemDroppedV1 = DataOf<typeof actionItemDroppedV1>;

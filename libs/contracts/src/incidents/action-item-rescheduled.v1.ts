import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: an action item got another due time; it may become overdue anew. */
export const actionItemRescheduledV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'action-item',
  name: 'action-item-rescheduled',
  version: 1,
  schema: z.object({
    /** Until when from now on. */
    dueAt: z.iso.datetime(),
    /** Until when before. */
    previousDueAt: z.iso.datetime(),
    /** Why. */
    reason: z.string(),
  }),
});

export type ActionItemRescheduledV1 = DataOf<typeof actionItemRescheduledV1>;

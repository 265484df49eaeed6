import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: an action item was still open at its due time; once per due time. */
export const actionItemOverdueV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'action-item',
  name: 'action-item-overdue',
  version: 1,
  schema: z.object({
    /** Who answers for it. */
    ownerId: z.string(),
    /** The due time that passed, however late that was noticed. */
    dueAt: z.iso.datetime(),
  }),
});

export type ActionItemOverdueV1 = DataOf<typeof actionItemOverdueV1>;

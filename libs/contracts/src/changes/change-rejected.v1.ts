import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the change authority said no; the change is NEW again. */
export const changeRejectedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'change',
  name: 'change-rejected',
  version: 1,
  schema: z.object({
    /** Who. */
    rejectedBy: z.string(),
    /** Why, in words. */
    reason: z.string(),
    /** When. */
    rejectedAt: z.iso.datetime(),
  }),
});

export type ChangeRejectedV1 = DataOf<typeof changeRejectedV1>;

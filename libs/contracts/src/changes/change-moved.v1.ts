import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { changeStateSchema } from './vocabulary.js';

/** Published when: a change took a step of its lifecycle that has no event of its own. */
export const changeMovedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'change',
  name: 'change-moved',
  version: 1,
  schema: z.object({
    /** Before. */
    from: changeStateSchema,
    /** Now. */
    to: changeStateSchema,
    /** When. */
    movedAt: z.iso.datetime(),
    /** Why, in words, if somebody said so (a cancellation). */
    reason: z.string().optional(),
  }),
});

export type ChangeMovedV1 = DataOf<typeof changeMovedV1>;

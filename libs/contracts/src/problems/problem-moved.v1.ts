import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { problemStateSchema } from './vocabulary.js';

/** Published when: a problem took a step of its lifecycle other than the last. */
export const problemMovedV1 = defineEvent({
  service: 'problems',
  aggregateType: 'problem',
  name: 'problem-moved',
  version: 1,
  schema: z.object({
    /** Before. */
    from: problemStateSchema,
    /** Now. */
    to: problemStateSchema,
    /** When. */
    movedAt: z.iso.datetime(),
  }),
});

export type ProblemMovedV1 = DataOf<typeof problemMovedV1>;

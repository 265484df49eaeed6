import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { importedFromSchema } from '../imported-from.js';

/** Published when: a team exists. */
export const teamRegisteredV1 = defineEvent({
  service: 'catalog',
  aggregateType: 'team',
  name: 'team-registered',
  version: 1,
  schema: z.object({
    /** For people. */
    name: z.string(),
    /** Set when it was imported: what the other system calls it. */
    importedFrom: importedFromSchema.optional(),
  }),
});

export type TeamRegisteredV1 = DataOf<typeof teamRegisteredV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { importedFromSchema } from '../imported-from.js';

/** Published when: a person exists. */
export const personRegisteredV1 = defineEvent({
  service: 'catalog',
  aggregateType: 'person',
  name: 'person-registered',
  version: 1,
  schema: z.object({
    /** For people. */
    name: z.string(),
    /** Unique per tenant, lower case; null when none is known, as of people who were imported. */
    email: z.email().nullable(),
    /** The teams they belong to. */
    teamIds: z.array(z.string()),
    /** Set when they were imported: what the other system calls them. */
    importedFrom: importedFromSchema.optional(),
  }),
});

export type PersonRegisteredV1 = DataOf<typeof personRegisteredV1>;

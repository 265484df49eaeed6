import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a person exists. */
export const personRegisteredV1 = defineEvent({
  service: 'catalog',
  aggregateType: 'person',
  name: 'person-registered',
  version: 1,
  schema: z.object({
    /** For people. */
    name: z.string(),
    /** Unique per tenant, lower case. */
    email: z.email(),
    /** The teams they belong to. */
    teamIds: z.array(z.string()),
  }),
});

export type PersonRegisteredV1 = DataOf<typeof personRegisteredV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a team exists. */
export const teamRegisteredV1 = defineEvent({
  service: 'catalog',
  aggregateType: 'team',
  name: 'team-registered',
  version: 1,
  schema: z.object({
    /** For people. */
    name: z.string(),
  }),
});

export type TeamRegisteredV1 = DataOf<typeof teamRegisteredV1>;

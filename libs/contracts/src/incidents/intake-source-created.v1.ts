import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { intakeSourceKindSchema } from './vocabulary.js';

/** Published when: a monitor was allowed to send alerts. */
export const intakeSourceCreatedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'intake-source',
  name: 'intake-source-created',
  version: 1,
  schema: z.object({
    /** For people; unique per tenant. */
    name: z.string(),
    /** What it speaks. */
    kind: intakeSourceKindSchema,
  }),
});

export type IntakeSourceCreatedV1 = DataOf<typeof intakeSourceCreatedV1>;

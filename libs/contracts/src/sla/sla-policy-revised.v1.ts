import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { slaTargetSchema } from './vocabulary.js';

/** Published when: a tenant's targets were set; the aggregate's version is the policy's version. */
export const slaPolicyRevisedV1 = defineEvent({
  service: 'sla',
  aggregateType: 'sla-policy',
  name: 'sla-policy-revised',
  version: 1,
  schema: z.object({
    /** All targets of this version. */
    targets: z.array(slaTargetSchema).min(1),
    /** When. Clocks that already run keep their version. */
    revisedAt: z.iso.datetime(),
  }),
});

export type SlaPolicyRevisedV1 = DataOf<typeof slaPolicyRevisedV1>;

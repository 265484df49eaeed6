import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: incidents of the same kind recurred, so a cause behind them is suspected. */
export const problemProposedV1 = defineEvent({
  service: 'problems',
  aggregateType: 'problem',
  name: 'problem-proposed',
  version: 1,
  schema: z.object({
    /** Per tenant; people see PRB-<number>. */
    number: z.int().min(1),
    /** One line. */
    title: z.string(),
    /** The service that the incidents share. */
    serviceId: z.string(),
    /** The signature that the incidents share. */
    signature: z.string(),
    /** The incidents linked from birth. */
    incidentIds: z.array(z.string()).min(2),
    /** When. */
    proposedAt: z.iso.datetime(),
  }),
});

export type ProblemProposedV1 = DataOf<typeof problemProposedV1>;

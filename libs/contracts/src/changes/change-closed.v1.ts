import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the change was reviewed and closed. */
export const changeClosedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'change',
  name: 'change-closed',
  version: 1,
  schema: z.object({
    /** How it went. */
    closeCode: z.enum(['SUCCESSFUL', 'SUCCESSFUL_WITH_ISSUES', 'UNSUCCESSFUL']),
    /** When. */
    closedAt: z.iso.datetime(),
  }),
});

export type ChangeClosedV1 = DataOf<typeof changeClosedV1>;

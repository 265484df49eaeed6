import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the change authority said yes. */
export const changeAuthorizedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'change',
  name: 'change-authorized',
  version: 1,
  schema: z.object({
    /** Who. */
    authorizedBy: z.string(),
    /** When. */
    authorizedAt: z.iso.datetime(),
  }),
});

export type ChangeAuthorizedV1 = DataOf<typeof changeAuthorizedV1>;

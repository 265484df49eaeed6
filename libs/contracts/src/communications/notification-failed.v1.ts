import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: it is not tried any more. */
export const notificationFailedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'notification',
  name: 'notification-failed',
  version: 1,
  schema: z.object({
    /** What is not told. */
    updateId: z.string(),
    /** How many tries there were. */
    tries: z.int().min(0),
    /** Why, in one line without addresses. */
    reason: z.string(),
    /** When. */
    failedAt: z.iso.datetime(),
  }),
});

export type NotificationFailedV1 = DataOf<typeof notificationFailedV1>;

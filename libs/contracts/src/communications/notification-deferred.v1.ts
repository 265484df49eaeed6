import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a try failed in a way that may pass; it is tried again. */
export const notificationDeferredV1 = defineEvent({
  service: 'communications',
  aggregateType: 'notification',
  name: 'notification-deferred',
  version: 1,
  schema: z.object({
    /** What is told. */
    updateId: z.string(),
    /** Which try; 0 when none has begun. */
    try: z.int().min(0),
    /** Why, in one line without addresses. */
    reason: z.string(),
    /** When it is tried again. */
    nextTryAt: z.iso.datetime(),
  }),
});

export type NotificationDeferredV1 = DataOf<typeof notificationDeferredV1>;

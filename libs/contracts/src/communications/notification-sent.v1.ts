import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the next system on the way has taken it over: for e-mail, the mail server. */
export const notificationSentV1 = defineEvent({
  service: 'communications',
  aggregateType: 'notification',
  name: 'notification-sent',
  version: 1,
  schema: z.object({
    /** What is told. */
    updateId: z.string(),
    /** Which try. */
    try: z.int().min(1),
    /** Whether an earlier try may have arrived as well. */
    mayBeRepeated: z.boolean(),
    /** When. */
    sentAt: z.iso.datetime(),
  }),
});

export type NotificationSentV1 = DataOf<typeof notificationSentV1>;

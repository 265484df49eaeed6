import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { channelSchema } from './vocabulary.js';

/** Published when: a recipient of an update is to be told. */
export const notificationQueuedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'notification',
  name: 'notification-queued',
  version: 1,
  schema: z.object({
    /** What they are told. */
    updateId: z.string(),
    /** Who is told. */
    subscriberId: z.string(),
    /** By which road. */
    channel: channelSchema,
    /** When. */
    queuedAt: z.iso.datetime(),
  }),
});

export type NotificationQueuedV1 = DataOf<typeof notificationQueuedV1>;

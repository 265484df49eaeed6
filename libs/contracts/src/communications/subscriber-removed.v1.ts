import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: somebody is told of nothing any more; the address is erased. */
export const subscriberRemovedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'subscriber',
  name: 'subscriber-removed',
  version: 1,
  schema: z.object({
    /** Who took them off the list. */
    removedBy: z.string(),
    /** When. */
    removedAt: z.iso.datetime(),
  }),
});

export type SubscriberRemovedV1 = DataOf<typeof subscriberRemovedV1>;

import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a process begins a try to deliver. */
export const notificationClaimedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'notification',
  name: 'notification-claimed',
  version: 1,
  schema: z.object({
    /** What is told. */
    updateId: z.string(),
    /** Which try: 1, 2, 3 … */
    try: z.int().min(1),
    /** Whether an earlier try may have arrived: its end was never known. */
    mayBeRepeated: z.boolean(),
    /** If nothing is known of the try by then, another begins. */
    leaseUntil: z.iso.datetime(),
  }),
});

export type NotificationClaimedV1 = DataOf<typeof notificationClaimedV1>;

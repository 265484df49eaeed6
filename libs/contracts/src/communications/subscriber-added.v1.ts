import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { channelSchema, updateAudienceSchema } from './vocabulary.js';

/** Published when: somebody is told of updates from now on. The address stays with communications. */
export const subscriberAddedV1 = defineEvent({
  service: 'communications',
  aggregateType: 'subscriber',
  name: 'subscriber-added',
  version: 1,
  schema: z.object({
    /** By which road. */
    channel: channelSchema,
    /** Which updates: those written for this audience. */
    audience: updateAudienceSchema,
    /** Of incidents of which services; null: of all incidents. */
    serviceIds: z.array(z.string()).nullable(),
    /** Who put them on the list. */
    addedBy: z.string(),
    /** When. */
    addedAt: z.iso.datetime(),
  }),
});

export type SubscriberAddedV1 = DataOf<typeof subscriberAddedV1>;
